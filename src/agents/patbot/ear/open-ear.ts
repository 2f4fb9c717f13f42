import type { Models } from '../../../models/open-model.js';
import type { EarKind } from './ear.js';
import { answersFromFile } from './file-ear.js';
import { modelEar } from './model-ear.js';
import { OFFLINE_EAR } from './rules-ear.js';

/**
 * @param spec `offline` (by rules), a model as `openai:MODEL`, or `file:ANSWERS.jsonl`
 * @throws MatrixError where the spec is wrong, or a key or file is missing
 */
export async function openEar(spec: string, models: Models): Promise<EarKind> {
  if (spec === 'offline') return OFFLINE_EAR;
  if (spec.startsWith('file:')) return modelEar(spec, answersFromFile(spec));
  return modelEar(spec, await models.open(spec));
}
