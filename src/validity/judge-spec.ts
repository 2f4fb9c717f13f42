import { z } from 'zod';
import { MatrixError } from '../errors.js';
import { fingerprint } from '../fingerprint.js';
import type { BehvJudge } from '../judge/behv-judge.js';
import { readJsonLines, type LabelledDialogue } from '../labelled/labelled-dialogue.js';
import { readText } from '../read-yaml.js';
import { deterministicJudge, type Library } from '../runs/library.js';
import { caseFileOf } from '../scenarios/case-file.js';
import { applicableModes } from '../taxonomy/applicable-modes.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import type { Call } from './judged-dialogue.js';

/** A judge as a bench calls it: one labelled dialogue in, its calls out; it never sees the labels. */
export interface BenchedJudge {
  readonly name: string;
  readonly fingerprint: string;
  call(dialogue: LabelledDialogue): Promise<readonly Call[]>;
}

/**
 * Makes a judge from its spec: `deterministic`, or `file:VERDICTS.jsonl` with verdicts made elsewhere.
 * @throws MatrixError where there is no such judge
 */
export function openJudge(spec: string, library: Library): BenchedJudge {
  if (spec === 'deterministic') return benched(spec, deterministicJudge(library.taxonomy), library);
  if (spec.startsWith('file:')) return fileJudge(spec, library.taxonomy);
  throw new MatrixError(`"${spec}" is no judge`, {
    mend: 'Use deterministic or file:VERDICTS.jsonl.',
  });
}

function benched(name: string, judge: BehvJudge, { scenarios }: Library): BenchedJudge {
  const byId = new Map(scenarios.scenarios.map((scenario) => [scenario.id, scenario]));
  return {
    name,
    fingerprint: judge.fingerprint,
    call: ({ turns, hazard, scenario }) => {
      const known = scenario === undefined ? undefined : byId.get(scenario);
      const caseFile = known && caseFileOf(known);
      const named = hazard === undefined || hazard === 'none' ? [] : [hazard];
      const hazards = [...new Set([...named, ...(caseFile?.hazards ?? [])])];
      return judge.judge({ turns, hazards, caseFile }, new AbortController().signal);
    },
  };
}

/** One line a dialogue: a mode that is missing is undetermined. */
export const verdictLineSchema = z.looseObject({
  id: z.string(),
  verdicts: z.array(
    z.looseObject({
      failureMode: z.string(),
      verdict: z.enum([
        'fail',
        'pass',
        'abstain',
        'not-applicable',
        'needs-review',
        'undetermined',
      ]),
      turn: z.int().positive().nullish(),
      quotes: z.array(z.object({ turn: z.int().positive(), text: z.string() })).default([]),
      rationale: z.string().optional(),
      confidence: z.number().min(0).max(1).optional(),
      primary: z.boolean().optional(),
    }),
  ),
});

function fileJudge(spec: string, taxonomy: Taxonomy): BenchedJudge {
  const file = spec.slice('file:'.length);
  const lines = new Map(readJsonLines(file, verdictLineSchema).map((line) => [line.id, line]));
  return {
    name: spec,
    fingerprint: fingerprint({ file: readText(file) }),
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
