import { z } from 'zod';
import { MatrixError } from '../../errors.js';
import { parseJson, readText, validate } from '../../read-file.js';

/** What a jury needs of weights that were learned; `review weights` writes more beside it. */
const juryWeightsSchema = z.looseObject({
  version: z.literal(1),
  /** By juror: above 0 to 1. */
  weights: z.record(z.string(), z.number().positive().max(1)),
});

/**
 * The learned weights of jurors, by name.
 * @throws MatrixError where the file is no file of weights, or lacks a juror
 */
export function loadJuryWeights(file: string, jurors: readonly string[]): Record<string, number> {
  const parsed = parseJson(readText(file), file, 'Write it again: matrix-sim review weights RUN.');
  const { weights } = validate(parsed, file, juryWeightsSchema);
  const missing = jurors.find((juror) => !Object.hasOwn(weights, juror));
  if (missing === undefined) return weights;
  throw new MatrixError(`${file}: has no weight for ${missing}`, {
    mend: `It was learned for ${Object.keys(weights).join(', ')}: name the same jurors with --judge.`,
  });
}
