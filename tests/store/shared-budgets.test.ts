import { expect, it, onTestFinished } from 'vitest';
import type { Call } from '../../src/calls/call.js';
import { BudgetSpent, createBudget, type Budget, type Prices } from '../../src/models/budget.js';
import { createModels } from '../../src/models/open-model.js';
import { openPostgresStore, type PostgresStore } from '../../src/store/postgres/postgres-store.js';
import { runRecord } from '../contracts/run-store.contract.js';
import { ask, context, failureOf, REQUEST, specOn } from '../models/model-fixtures.js';
import { describeWithPostgres } from '../postgres.js';
import { startServer } from '../tools/model-server/start-server.js';

const MODEL = 'openai:m';
const PRICES: Prices = { currency: 'USD', models: { m: { input: 1e6, output: 1e6 } } };

async function open(url: string): Promise<PostgresStore> {
  const store = await openPostgresStore(url);
  onTestFinished(() => store.close());
  return store;
}

function call(ordinal: number): Call {
  return {
    ...{ role: 'agent', part: '', ordinal, model: MODEL, requestHash: `${ordinal}` },
    ...{ request: REQUEST, answer: { text: 'Hello.' }, inputTokens: 20, outputTokens: 10 },
    ...{ latency: 1, attempts: 1 },
  };
}

/** A process that works on the run, in a dialogue of its own. */
async function join(url: string, worker: string, budget: Budget) {
  const store = await open(url);
  const key = { scenario: 'S', agent: worker, repeat: 1 };
  await store.beginDialogue('r-1', key);
  await store.sharing('r-1', worker).shareBudget(budget, await store.usage('r-1'));
  const journal = store.journal('r-1', key, { take: 1 });
  let ordinal = 0;
  const keep = (usage = { inputTokens: 20, outputTokens: 10 }) => {
    budget.spend(MODEL, usage);
    return journal.record(call((ordinal += 1)));
  };
  return { budget, store, key, journal, keep };
}

const tokens = (limit: number) => createBudget({ tokens: limit });

describeWithPostgres('a budget over several processes', (cluster) => {
  async function newRun(): Promise<string> {
    const url = await cluster.newDatabase();
    await (await open(url)).createRun(runRecord('r-1'));
    return url;
  }
  const rowsOf = (url: string) => cluster.say(url, 'select worker from spending order by worker');

  it('of tokens or money is spent for all once all together have spent it', async () => {
    const url = await newRun();
    const one = await join(url, 'a', tokens(60));
    const other = await join(url, 'b', createBudget({ money: 60, prices: PRICES }));
    await one.keep();
    expect(one.budget.isSpent()).toBe(false);
    await other.keep();
    expect(other.budget.excess()).toContain('60.0000 USD used');
    await one.keep({ inputTokens: 0, outputTokens: 0 });
    expect(one.budget.excess()).toBe('the budget of 60 tokens is spent (60 used)');
  });

  it('stops all of them to within the calls in flight', async () => {
    const url = await newRun();
    const server = await startServer({ latency: 20, keepRequests: false });
    const spec = specOn(server, 'openai', 'm');
    const { usage } = await ask(await createModels(context()).open(spec));
    const each = (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0);
    const before = server.count();
    const work = async (worker: string) => {
      const budget = tokens(20 * each);
      const { journal } = await join(url, worker, budget);
      const model = await createModels(context({ budget })).open(spec);
      let ordinal = 0;
      const speak = async (): Promise<never> => {
        for (;;) {
          await ask(model);
          await journal.record(call((ordinal += 1)));
        }
      };
      return Promise.all([1, 2].map(() => failureOf(speak())));
    };
    const endings = await Promise.all(['a', 'b', 'c'].map(work));
    expect(endings.flat().every((error) => error instanceof BudgetSpent)).toBe(true);
    expect(server.count() - before).toBeGreaterThanOrEqual(20);
    expect(server.count() - before).toBeLessThanOrEqual(20 + 6);
  });

  it('counts what a process spent that is no more, also where its calls tell no tokens', async () => {
    const url = await newRun();
    const dead = await join(url, 'a', tokens(1000));
    await dead.keep({ inputTokens: 300, outputTokens: 200 });
    const next = await join(url, 'b', tokens(1000));
    expect(next.budget.spent.tokens).toBe(500);
    await dead.store.close();
  });

  it('begins with what was used before anybody shared it, once', async () => {
    const url = await newRun();
    const alone = await open(url);
    const key = { scenario: 'S', agent: 'alone', repeat: 1 };
    await alone.beginDialogue('r-1', key);
    await alone.journal('r-1', key, { take: 1 }).record(call(1));
    const workers = await Promise.all(['a', 'b'].map((name) => join(url, name, tokens(1000))));
    for (const { keep } of workers) await keep();
    expect(workers.map(({ budget }) => budget.spent.tokens)).toEqual([60, 90]);
    expect((await join(url, 'c', tokens(1000))).budget.spent.tokens).toBe(90);
  });

  it('goes on where a process lays the run out again, with dialogues under way', async () => {
    const url = await newRun();
    const { store, keep, budget } = await join(url, 'a', tokens(1000));
    await keep();
    const again = tokens(1000);
    await store.sharing('r-1', 'a').shareBudget(again, await store.usage('r-1'));
    expect(again.spent.tokens).toBe(30);
    again.spend(MODEL, { inputTokens: 5, outputTokens: 5 });
    await keep();
    expect([again.spent.tokens, budget.spent.tokens]).toEqual([70, 70]);
  });

  it('is counted by the calls again once somebody has had the run alone', async () => {
    const url = await newRun();
    const worker = await join(url, 'a', tokens(1000));
    await worker.keep();
    expect(await rowsOf(url)).toEqual([{ worker: 'a 1' }]);
    await (await worker.store.lock('r-1')).release();
    expect(await rowsOf(url)).toEqual([]);
    expect((await join(url, 'b', tokens(1000))).budget.spent.tokens).toBe(30);
  });

  it('enters nothing where the calls were not written, and goes with its run', async () => {
    const url = await newRun();
    const { keep, journal, budget, store } = await join(url, 'a', tokens(1000));
    await keep();
    budget.spend(MODEL, { inputTokens: 500, outputTokens: 0 });
    await failureOf(journal.record(call(1)));
    expect(await cluster.say(url, 'select input_tokens from spending')).toEqual([
      { input_tokens: '20' },
    ]);
    await store.removeRun('r-1');
    expect(await rowsOf(url)).toEqual([]);
  });
});
