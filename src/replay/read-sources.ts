import { MatrixError } from '../errors.js';
import { dialogueId, type Attempt, type DialogueKey, type RunRecord } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import type { ReplayPlan } from './replay-plan.js';
import { findRecorded } from './recorded-dialogue.js';

/** A dialogue that is to be replayed, with the case that it is about. */
export interface Found {
  readonly of: DialogueKey;
  readonly attempt: Attempt;
  readonly scenario: string;
}

/** Whether a run holds transcripts that nobody simulated. */
export function isFromElsewhere({ plan }: Pick<RunRecord, 'plan'>): boolean {
  return plan.patient === 'transcripts';
}

/** @throws MatrixError where one was not held, or names no case */
export async function readAll(
  store: RunStore,
  { run, dialogues, scenario }: ReplayPlan,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const of of dialogues) {
    const { attempt } = await findRecorded(store, run.id, of);
    found.push({ of, attempt, scenario: caseOf(of, attempt, scenario) });
  }
  return found;
}

function caseOf(of: DialogueKey, { stated }: Attempt, named: string | undefined): string {
  if (!stated) return of.scenario;
  const scenario = named ?? stated.scenario;
  if (scenario !== undefined) return scenario;
  throw new MatrixError(`transcript ${of.scenario} names no scenario`, {
    mend: 'Say which case it is about: --scenario H01-D01',
  });
}

/** @throws MatrixError where nothing is left to go on with, or it cannot be gone on with from there */
export function assertLonger(
  { of, attempt: { turns, stated } }: Found,
  { run, keptTurns, mode }: ReplayPlan,
): void {
  const id = `${run.id}/${dialogueId(of)}`;
  if (turns.length <= keptTurns) {
    throw new MatrixError(
      `${id} has ${turns.length} turns: after turn ${keptTurns} nothing is left`,
      { mend: 'Keep fewer of them: --at-turn N.' },
    );
  }
  if (!stated) return;
  if (mode === 'adaptive' && turns[keptTurns - 1]?.role === 'patient') return;
  throw new MatrixError(`${id} comes from elsewhere: it is gone on with after a patient’s turn`, {
    mend: `Name one: --at-turn ${turns.findIndex(({ role }) => role === 'patient') + 1}, without --mode scripted.`,
  });
}

/** @throws MatrixError where what comes with the record is stated otherwise */
export function assertMayState(
  found: readonly Found[],
  { run, stated, scenario }: ReplayPlan,
): void {
  const simulated = found.some(({ attempt }) => !attempt.stated);
  const { patient, ear, seed } = stated;
  const given = Object.entries({ patient, ear, seed, scenario })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => `--${name}`);
  if (!simulated || given.length === 0) return;
  throw new MatrixError(`${given.join(', ')} come with the dialogues of run ${run.id}`, {
    mend: 'Leave them out; they are for transcripts from elsewhere.',
  });
}
