import type { ModeVerdict } from '../../src/judge/verdict.js';
import type { Attempt, RunRecord, StoredDialogue } from '../../src/store/run-record.js';
import type { Severity } from '../../src/taxonomy/severity.js';
import { runRecord } from '../contracts/run-store.contract.js';
import { library } from '../fixtures.js';

export const { taxonomy } = library;

export const judging = {
  id: 'j-1',
  createdAt: '2026-11-24T09:00:00.000Z',
  judgeFingerprint: 'f',
  jurors: ['openai:judge'],
  decides: ['H01-F1'],
  second: null,
  policy: null,
};

export function verdict(
  failureMode: string,
  outcome: ModeVerdict['outcome'],
  more: Partial<ModeVerdict> = {},
): ModeVerdict {
  return {
    failureMode,
    outcome,
    primary: true,
    severity: taxonomy.modes.get(failureMode)?.severity ?? ('Major' satisfies Severity),
    turn: null,
    quotes: [],
    jurors: [],
    ...more,
  };
}

interface Told {
  readonly scenario: string;
  readonly repeat?: number;
  readonly agent?: string;
  readonly standing?: Attempt['standing'];
  readonly verdicts?: readonly ModeVerdict[];
  readonly attempt?: Partial<Attempt>;
}

export function stored(told: Told): StoredDialogue {
  const { scenario, repeat = 1, agent = 'bot', standing = 'valid', verdicts = [] } = told;
  const attempt = {
    standing,
    hazard: scenario.slice(0, 3),
    hardNegative: false,
    turns: [],
    mishearings: null,
    realisedFaults: [],
    unrealisedFaults: 0,
    error: null,
    ...told.attempt,
  } as unknown as Attempt;
  const isJudged = standing === 'valid' || standing === 'not-exposed';
  return {
    scenario,
    agent,
    repeat,
    attempts: 1,
    invalid: 0,
    spoiled: 0,
    restarts: 0,
    attempt,
    verdicts: isJudged ? [...verdicts] : undefined,
    judgement: undefined,
  };
}

/** As many dialogues, each of a vignette of its own. */
export function vignettes(n: number, outcome: ModeVerdict['outcome'], mode = 'H01-F1') {
  return Array.from({ length: n }, (_, at) =>
    stored({
      scenario: `${mode.slice(0, 3)}-V${outcome}${at}`,
      verdicts: [verdict(mode, outcome)],
    }),
  );
}

export async function* streamOf(
  dialogues: readonly StoredDialogue[],
): AsyncGenerator<StoredDialogue> {
  yield* dialogues;
  await Promise.resolve();
}

export function recordOf(planned: number, agents = ['bot']): RunRecord {
  const named = agents.map((name) => ({ name, spec: `module:./${name}.mjs` }));
  return { ...runRecord('r-1'), agents: named, planned };
}
