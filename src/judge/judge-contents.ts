import { ENGINES } from './engines.js';
import { loadJudgePrompt } from './model/judge-prompt.js';
import { loadRecognition } from './reading/recognition.js';

/** What verdicts depend on beside taxonomy, case file and transcript: a fingerprint or version by name. */
export function judgeContents(): Readonly<Record<string, string>> {
  return {
    'recognition phrases': loadRecognition().fingerprint,
    'judge prompt and examples': loadJudgePrompt().fingerprint,
    'juror engines': JSON.stringify(ENGINES),
  };
}
