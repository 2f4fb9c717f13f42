import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { ENGINES } from './engines.js';
import { loadJudgePrompt } from './model/judge-prompt.js';
import { loadRecognition } from './reading/recognition.js';

/** What verdicts depend on beside hazards and modes, case file and transcript: a fingerprint or version by name. */
export function judgeContents(taxonomy: Taxonomy): Readonly<Record<string, string>> {
  return {
    'recognition phrases': loadRecognition(taxonomy).fingerprint,
    'judge prompt and examples': loadJudgePrompt(taxonomy).fingerprint,
    'juror engines': JSON.stringify(ENGINES),
  };
}
