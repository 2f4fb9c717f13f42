import { expect, it } from 'vitest';
import { EXIT } from '../../src/errors.js';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.js';
import { specOn } from '../models/model-fixtures.js';
import { describeWithPostgres } from '../postgres.js';
import { startServer } from '../tools/model-server/start-server.js';
import { errorOf, openShared, queued, RUN, worker } from './queued-run.js';

/** Dialogues at once, of both workers together. */
const AT_ONCE = 4;

describeWithPostgres('workers on a run with a budget', (cluster) => {
  it('stop together once it is spent, to within the calls in flight', async () => {
    const ours = await openShared(await cluster.newDatabase());
    const other = await openPostgresStore(ours.url);
    const body = { choices: [{ message: { content: 'How long has that been so?' } }] };
    const usage = { prompt_tokens: 90, completion_tokens: 10 };
    const server = await startServer({
      ...{ latency: 20, keepRequests: false },
      answer: () => ({ status: 200, body: { ...body, usage } }),
    });
    const agents = [`m=${specOn(server, 'openai')}`];
    await queued(ours, { agents, repeats: 2, judges: [], tokenBudget: 2000 });
    const refused: string[] = [];
    const onRefusal = (run: string, { message }: Error) => refused.push(`${run}: ${message}`);
    const errors = await Promise.all([
      errorOf(worker(ours.store, { onRefusal })),
      errorOf(worker(other, { id: 'w-2', onRefusal })),
    ]);
    for (const { message, exitCode } of errors) {
      expect(message).toMatch(/the budget of 2000 tokens is spent \(2\d00 used\)/);
      expect(exitCode).toBe(EXIT.incomplete);
    }
    expect(new Set(refused.map((line) => line.split(':')[0]))).toEqual(new Set([RUN]));
    expect(server.count()).toBeGreaterThanOrEqual(20);
    expect(server.count()).toBeLessThanOrEqual(20 + AT_ONCE);
    for (const store of [ours.store, other]) await store.close();
  });
});
