import { setTimeout as delay } from 'node:timers/promises';
import { spentOn } from '../../report/summarise-stored.js';
import type { ListedDialogue } from '../../store/dialogue-list.js';
import type { RunRecord } from '../../store/run-record.js';
import { countAgents, type AgentCounts } from './load-run.js';
import { findRun, type Viewed } from './viewed.js';

/** How far a run is. */
export interface RunState {
  readonly held: number;
  readonly planned: number;
  /** Dialogues a second since it is watched; null before there is a time to divide by. */
  readonly rate: number | null;
  readonly calls: number;
  readonly tokens: number;
  /** Null without prices. */
  readonly cost: string | null;
  /** Whether a process works on it. */
  readonly isRunning: boolean;
  readonly isStopping: boolean;
  readonly agents: readonly AgentCounts[];
}

export interface Watched {
  readonly state: RunState;
  /** Failures that came since the look before. */
  readonly failures: readonly ListedDialogue[];
}

export interface WatchOptions {
  /** Milliseconds between two looks into the store. */
  readonly every: number;
  readonly signal: AbortSignal;
}

/** Looks between two sums over all calls, which there may be many of. */
const LOOKS_A_SUM = 10;

/** Failures that one look brings at most; more come with the next. */
const MOST_NEWS = 50;

/** Looks at a run until no process works on it any more; the last look is after that. */
export async function* watchRun(
  viewed: Viewed,
  id: string,
  { every, signal }: WatchOptions,
): AsyncGenerator<Watched> {
  const run = await findRun(viewed, id);
  const begun = viewed.clock().getTime();
  let first: number | undefined;
  let spent: Spending = { calls: 0, tokens: 0, cost: null };
  let mark = 0;
  for (let looks = 0; !signal.aborted; looks += 1) {
    if (looks % LOOKS_A_SUM === 0) spent = await spendingOf(viewed, run);
    const state = await heldOf(viewed, run);
    if (!state.isRunning) spent = await spendingOf(viewed, run);
    first ??= state.held;
    const seconds = (viewed.clock().getTime() - begun) / 1000;
    const news = await viewed.store.failuresSince(id, mark, MOST_NEWS);
    mark = news.mark;
    const rate = seconds > 0 ? (state.held - first) / seconds : null;
    yield { state: { ...state, ...spent, rate }, failures: news.dialogues };
    const isBehind = news.dialogues.length === MOST_NEWS;
    if (!state.isRunning && !isBehind) return;
    if (!isBehind) await delay(every, undefined, { signal }).catch(() => undefined);
  }
}

/** As it is now. */
export async function stateOf(viewed: Viewed, run: RunRecord): Promise<RunState> {
  return { ...(await heldOf(viewed, run)), ...(await spendingOf(viewed, run)) };
}

type Spending = Pick<RunState, 'calls' | 'tokens' | 'cost'>;

async function heldOf({ store }: Viewed, run: RunRecord): Promise<Omit<RunState, keyof Spending>> {
  // Asked first: what is held once nobody works on it is all that will be.
  const isRunning = await store.isLocked(run.id);
  const agents = countAgents(await store.countOutcomes(run.id, undefined), run);
  const held = total(agents, (agent) => agent.held);
  const isStopping = await store.isStopRequested(run.id);
  return { isRunning, isStopping, agents, rate: null, planned: run.planned, held };
}

async function spendingOf({ store }: Viewed, run: RunRecord): Promise<Spending> {
  const usage = await store.usage(run.id);
  const spent = spentOn(usage, run.plan.prices);
  return {
    calls: total(usage, ({ calls }) => calls),
    tokens: total(usage, ({ inputTokens, outputTokens }) => inputTokens + outputTokens),
    cost: spent && `${spent.money.toFixed(2)} ${spent.currency}`,
  };
}

function total<T>(all: readonly T[], of: (each: T) => number): number {
  return all.reduce((sum, each) => sum + of(each), 0);
}
