import { MatrixError } from '../errors.js';
import { planSchema, type Plan, type PlanInput } from '../plan/plan.js';
import { withoutGaps } from '../plan/read-plan.js';
import { layOutRun, type Beginning } from '../runs/holding/begin-run.js';
import { nextRunId, type PreparedRun } from '../runs/holding/start-run.js';
import { ownUsage } from '../runs/judging/judging-of.js';
import { loadLibrary } from '../runs/library.js';
import { assertSameContents, JUDGED_BY } from '../runs/planning/contents.js';
import type { Job } from '../runs/planning/plan-run.js';
import { assertSameJudge, resumedPlan } from '../runs/planning/resume.js';
import { OFFLINE_PATIENT } from '../agents/patbot/open-patient.js';
import type { RunRecord, Source } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import { castAgain, castRepeat, personasOf } from './cast-again.js';
import {
  assertLonger,
  assertMayState,
  isFromElsewhere,
  readAll,
  type Found,
} from './read-sources.js';
import type { ReplayPlan } from './replay-plan.js';
import { simulateFrom } from './simulate-from.js';

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
  const found = await readAll(store, replay);
  for (const each of found) assertLonger(each, replay);
  assertMayState(found, replay);
  const source = numberDialogues(found, replay);
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
function numberDialogues(
  found: readonly Found[],
  { run, mode, keptTurns, samples }: ReplayPlan,
): Source {
  const repeats = new Map<string, number>();
  const numbered = found.flatMap(({ of, scenario }) =>
    Array.from({ length: samples }, (_, index) => {
      const repeat = (repeats.get(scenario) ?? 0) + 1;
      repeats.set(scenario, repeat);
      return { scenario, repeat, of, castAs: castRepeat(run, of), sample: index + 1 };
    }),
  );
  return { run: run.id, mode, keptTurns, dialogues: numbered };
}

function planOf({ run, stated }: ReplayPlan, { dialogues }: Source): Plan {
  const { agentPrompt, ...plan } = run.plan;
  const isOfRun = stated.agents?.some((agent) => run.plan.agents.includes(agent)) ?? false;
  return planSchema.parse({
    // It replays all that it was told to.
    ...withoutGaps({ ...plan, untilWidth: undefined, untilRating: undefined }),
    ...(isOfRun && agentPrompt !== undefined ? { agentPrompt } : {}),
    ...(isFromElsewhere(run) ? { patient: 'offline', seed: 1 } : {}),
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
