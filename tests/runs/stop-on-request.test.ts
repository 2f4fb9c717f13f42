import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Agent } from '../../src/agents/under-test/agent.js';
import { runPlan } from '../../src/runs/run-plan.js';
import type { RunStore } from '../../src/store/run-store.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { folderOf } from '../folder-of.js';

const plan = { agents: ['made'], scenarios: ['H01-D01', 'H01-D02'], concurrency: 1, judges: [] };

/** Speaks once in each dialogue, after what it waits for. */
function agentThat(waits: () => Promise<unknown>): Agent {
  const reply = async () => {
    await waits();
    return { text: 'Goodbye.', actions: [{ type: 'end-call' as const }] };
  };
  return { history: 'stateless', open: () => ({ reply }) };
}

/** A store that says when somebody who looked was told to stop. */
function watched(store: RunStore) {
  let tell: () => void = () => undefined;
  const told = new Promise<void>((resolve) => (tell = resolve));
  const isStopRequested = async (run: string) => {
    const found = await store.isStopRequested(run);
    if (found) tell();
    return found;
  };
  return { store: { ...store, isStopRequested }, told };
}

describe('a request to stop', () => {
  it('ends a run as an interruption does, and is forgotten where it goes on', async () => {
    const kept = openSqliteStore(path.join(folderOf({}), 'store.db'));
    const { store, told } = watched(kept);
    const asking = agentThat(async () => {
      await store.requestStop('r-1');
      await told;
    });
    const first = await runPlan(plan, { store, id: 'r-1', lookEvery: 1, agents: { made: asking } });
    expect(first.interrupted).toBe(true);
    expect((await store.runs())[0]?.held).toBe(1);
    expect(await store.isStopRequested('r-1')).toBe(false);

    await store.requestStop('r-1');
    const calm = agentThat(() => Promise.resolve());
    const rest = await runPlan({}, { store, resume: 'r-1', agents: { made: calm } });
    expect(rest.interrupted).toBe(false);
    expect((await store.runs())[0]?.held).toBe(2);
    await store.close();
  });
});
