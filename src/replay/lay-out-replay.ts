import { MatrixError } from '../errors.js';
import { planSchema, type Plan, type PlanInput } from '../plan/plan.js';
import { layOutRun, type Beginning } from '../runs/holding/begin-run.js';
import { nextRunId, type PreparedRun } from '../runs/holding/start-run.js';
import { ownUsage } from '../runs/judging/judging-of.js';
import { loadLibrary } from '../runs/library.js';
import { assertSameContents, JUDGED_BY } from '../runs/planning/contents.js';
import type { Job } from '../runs/planning/plan-run.js';
import { assertSameJudge, resumedPlan } from '../runs/planning/resume.js';
import { OFFLINE_PATIENT } from '../agents/patbot/open-patient.js';
import { dialogueId, type DialogueKey, type RunRecord, type Source } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import { castAgain, personasOf } from './cast-again.js';
import { findRecorded } from './recorded-dialogue.js';
import { simulateFrom } from './simulate-from.js';

/** What of a stored run is put to another agent. */
export interface ReplayPlan {
  readonly run: RunRecord;
  readonly dialogues: readonly DialogueKey[];
  readonly mode: Source['mode'];
  /** Turns kept from the first; 0 for none. */
  readonly keptTurns: number;
  /** Times that each is replayed, with other sampling of the models, at least 1. */
  readonly samples: number;
  /** What differs from the plan of the run: the agent, who judges, budgets, the store. */
  readonly stated: PlanInput;
}

/**
 * Lays out a run that replays dialogues of another, and puts its record into the store.
 * @param id the first free one of the day unless given
 * @throws MatrixError where it cannot be carried out: another taxonomy or other scenarios, an agent with
 *   a session of its own and turns to keep, a dialogue that is not longer than they are
 */
export async function beginReplay(
  store: RunStore,
  replay: ReplayPlan,
  { id, ...beginning }: Beginning & { readonly id?: string | undefined },
): Promise<PreparedRun> {
  const source = numberDialogues(replay);
  for (const { of } of source.dialogues) await assertLonger(store, source, of);
  const plan = planOf(replay, source);
  const known = id ?? (await nextRunId(store, beginning.clock));
  const prepared = await layOut(store, plan, source, known, beginning);
  assertSameContents(replay.run, prepared.record.contents, JUDGED_BY);
  assertCanGoOn(prepared, source);
  await store.createRun(prepared.record);
  return prepared;
}

/**
 * Lays out what is left of a run that replays another.
 * @throws MatrixError where what decides its results has changed
 */
export async function resumeReplay(
  store: RunStore,
  record: RunRecord,
  stated: PlanInput,
  beginning: Beginning,
): Promise<PreparedRun> {
  const { id, source } = record;
  if (!source) {
    throw new MatrixError(`run ${id} replays no other`, {
      mend: `Go on with it: matrix-sim run --resume ${id}`,
    });
  }
  const plan = resumedPlan(stated, record);
  const prepared = await layOut(store, plan, source, id, beginning);
  assertSameContents(record, prepared.record.contents);
  if (prepared.judge) assertSameJudge(id, await store.judgings(id), prepared.judge);
  prepared.budget.spendAgain(ownUsage(await store.usage(id), prepared.judge));
  return { ...prepared, record: { ...record, plan } };
}

/** Every sample of a scenario is a repeat of its own in the new run. */
function numberDialogues({ run, dialogues, mode, keptTurns, samples }: ReplayPlan): Source {
  const repeats = new Map<string, number>();
  const numbered = dialogues.flatMap((of) =>
    Array.from({ length: samples }, (_, index) => {
      const repeat = (repeats.get(of.scenario) ?? 0) + 1;
      repeats.set(of.scenario, repeat);
      return { scenario: of.scenario, repeat, of, sample: index + 1 };
    }),
  );
  return { run: run.id, mode, keptTurns, dialogues: numbered };
}

function planOf({ run, stated }: ReplayPlan, { dialogues }: Source): Plan {
  const { agentPrompt, ...plan } = run.plan;
  const isOfRun = stated.agents?.some((agent) => run.plan.agents.includes(agent)) ?? false;
  return planSchema.parse({
    ...plan,
    ...(isOfRun && agentPrompt !== undefined ? { agentPrompt } : {}),
    hazards: [],
    domains: [],
    scenarios: [...new Set(dialogues.map(({ scenario }) => scenario))],
    repeats: Math.max(...dialogues.map(({ repeat }) => repeat)),
    failOn: [],
    ...stated,
  });
}

async function layOut(
  store: RunStore,
  plan: Plan,
  source: Source,
  id: string,
  beginning: Beginning,
): Promise<PreparedRun> {
  const library = loadLibrary(plan);
  const prepared = await layOutRun(plan, library, id, beginning);
  const record = { ...prepared.record, planned: source.dialogues.length, source };
  const personas = personasOf(record);
  const agent = record.agents[0]?.name ?? '';
  const jobs = source.dialogues.map(({ scenario, repeat }): Job => {
    return castAgain(record, library, personas, { scenario, agent, repeat });
  });
  // Recorded turns come out the same at every try.
  const patient = source.mode === 'scripted' ? OFFLINE_PATIENT : prepared.patient;
  return { ...prepared, record, patient, jobs, simulate: simulateFrom(store, source) };
}

async function assertLonger(
  store: RunStore,
  { run, keptTurns }: Source,
  of: DialogueKey,
): Promise<void> {
  const { attempt } = await findRecorded(store, run, of);
  if (attempt.turns.length > keptTurns) return;
  throw new MatrixError(
    `${run}/${dialogueId(of)} has ${attempt.turns.length} turns: after turn ${keptTurns} nothing is left`,
    { mend: 'Keep fewer of them: --at-turn N.' },
  );
}

function assertCanGoOn({ record, agents }: PreparedRun, { keptTurns }: Source): void {
  const [named, more] = record.agents;
  if (more) {
    throw new MatrixError('a replay takes one agent', { mend: 'Replay once for each.' });
  }
  if (keptTurns === 0 || agents.get(named?.name ?? '')?.history !== 'session') return;
  throw new MatrixError(
    `${named?.name ?? ''} keeps a session of its own, which has not heard the turns that are kept`,
    { mend: 'Leave --at-turn out: it is then asked from the first turn on.' },
  );
}
