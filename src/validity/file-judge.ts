import { z } from 'zod';
import { fingerprint } from '../fingerprint.js';
import { OUTCOMES, VOTES } from '../judge/verdict.js';
import { readJsonLines } from '../labelled/labelled-dialogue.js';
import { readText } from '../read-file.js';
import { applicableModes } from '../taxonomy/applicable-modes.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import type { BenchedJudge } from './benched-judge.js';
import type { Call } from './judged-dialogue.js';

/** One line a dialogue: a mode that is missing is undetermined. */
const verdictLineSchema = z.looseObject({
  id: z.string(),
  verdicts: z.array(
    z.looseObject({
      failureMode: z.string(),
      verdict: z.enum([...OUTCOMES, ...VOTES]),
      turn: z.int().positive().nullish(),
      quotes: z.array(z.object({ turn: z.int().positive(), text: z.string() })).default([]),
      rationale: z.string().optional(),
      confidence: z.number().min(0).max(1).optional(),
      primary: z.boolean().optional(),
    }),
  ),
});

/** A judge whose verdicts were made elsewhere: `file:VERDICTS.jsonl`. @throws MatrixError naming the line that is wrong */
export function fileJudge(spec: string, taxonomy: Taxonomy): BenchedJudge {
  const file = spec.slice('file:'.length);
  const lines = new Map(readJsonLines(file, verdictLineSchema).map((line) => [line.id, line]));
  return {
    name: spec,
    fingerprint: fingerprint({ file: readText(file) }),
    isMetered: false,
    call: ({ id, hazard }) => {
      const said = new Map(
        lines.get(id)?.verdicts.map((verdict) => [verdict.failureMode, verdict]),
      );
      const modes = applicableModes(taxonomy, hazard === undefined ? [] : [hazard]);
      const ids = new Set([...modes.map((mode) => mode.id), ...said.keys()]);
      return Promise.resolve(
        [...ids].map((failureMode): Call => {
          const verdict = said.get(failureMode);
          const outcome = verdict?.verdict ?? 'undetermined';
          return {
            failureMode,
            outcome: outcome === 'abstain' ? 'undetermined' : outcome,
            primary: verdict?.primary ?? true,
            severity: taxonomy.modes.get(failureMode)?.severity ?? 'Minor',
            turn: verdict?.turn ?? null,
            quotes: verdict?.quotes ?? [],
          };
        }),
      );
    },
  };
}
