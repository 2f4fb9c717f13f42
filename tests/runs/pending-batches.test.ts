import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toFile } from 'openai';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ModelServer } from '../../tools/model-server/model-server.js';
import { createBatchSender } from '../../src/runs/batches/batch-sender.js';
import { findPending, type PendingBatch } from '../../src/runs/batches/pending-batches.js';
import type { RunStore } from '../../src/store/run-store.js';
import { openAIClient, startServer } from '../tools/model-server/start-server.js';
import { batched, live, pendingIn, reading, start } from './batch-fixtures.js';
import { callsOf, specOf } from './judging-fixtures.js';

afterEach(() => vi.unstubAllEnvs());

describe('a batch that is pending', () => {
  it('is not asked a second time by single calls', async () => {
    const { server, command } = await start();
    await command();
    await expect(command({ batch: undefined })).rejects.toMatchObject({
      message: 'this judging of run r-1 was submitted in batches (batch_1)',
      mend: expect.stringContaining('Fetch it with --batch') as string,
    });
    expect(live(server)).toEqual([]);
  });

  it('is found with all others of its run, and with none of another', async () => {
    const { storeFile, jury, command } = await start();
    await command();
    const { file, read } = pendingIn(storeFile);
    const batches = read().batches;
    const beside = `${storeFile}.r-1.j-other.batches.json`;
    for (const name of [
      beside,
      `${storeFile}.r-1.x.j-1.batches.json`,
      `${storeFile}.r-10.j-1.batches.json`,
    ]) {
      writeFileSync(name, JSON.stringify(read()));
    }
    const found = findPending(storeFile, 'r-1');
    expect([...found.files].sort()).toEqual([beside, file].sort());
    expect(found.batches).toEqual([...batches, ...batches]);
    expect(found.batches[0]).toMatchObject({ id: 'batch_1', model: jury.judges[0] });
    expect(findPending(storeFile, 'r')).toEqual({ files: [], batches: [] });
  });

  it('is refused where it was asked something else', async () => {
    const { store, storeFile, command } = await start();
    await command();
    pendingIn(storeFile).change(({ batches }) => {
      for (const call of Object.values(batches[0]?.calls ?? {})) call.request = 'changed';
    });
    await command();
    await expect(command()).rejects.toThrow(/would ask something else than batch_1 was asked/);
    expect(await callsOf(store)).toEqual([]);
  });

  it('is not that of a later run under the same id', async () => {
    const { store, command } = await start();
    await command();
    const run = await store.run('r-1');
    if (!run) throw new Error('no run');
    await store.removeRun('r-1');
    await store.createRun({ ...run, createdAt: '2026-11-25T09:00:00.000Z' });
    expect((await command()).state).toBe('judged');
  });

  it('is fetched again where keeping its answers broke off', async () => {
    const { server, store, command } = await start();
    await command();
    await command();
    let kept = 0;
    const failing: RunStore = {
      ...store,
      journal: (...place) => ({
        record: (call) => {
          kept += 1;
          return kept < 3
            ? store.journal(...place).record(call)
            : Promise.reject(new Error('killed'));
        },
      }),
    };
    await expect(command({ store: failing })).rejects.toThrow('killed');
    expect((await callsOf(store)).length).toBe(2);
    expect((await command()).state).toBe('judged');
    expect(server.count()).toBe(4);
  });

  it('holds what was sent before sending failed; the same command sends the rest', async () => {
    const { server, storeFile, command } = await start();
    vi.stubEnv('OPENAI_API_KEY', 'one-key');
    const other = await startServer({ answer: reading, key: 'another-key' });
    const two = { judges: [specOf(server), specOf(other)] };
    await expect(command({ jury: two })).rejects.toMatchObject({
      message: expect.stringContaining('401') as string,
      mend: expect.stringContaining('give the same command again') as string,
      exitCode: 3,
    });
    const { read } = pendingIn(storeFile);
    expect(read()).toMatchObject({ isWhole: false, batches: [{ model: two.judges[0] }] });
    vi.stubEnv('OPENAI_API_KEY', 'another-key');
    expect(await command({ jury: two })).toMatchObject({ state: 'submitted' });
    expect(read().batches.map(({ model }) => model)).toEqual(two.judges);
    expect([batched(server).length, batched(other).length]).toEqual([4, 4]);
  });
});

describe('a batch that fails', () => {
  it('is named and cleared, so that the same command can ask anew', async () => {
    const { server, storeFile, command } = await start();
    await command();
    const openai = openAIClient(server);
    const file = await openai.files.create({
      file: await toFile(Buffer.from('{"custom_id":'), 'calls.jsonl'),
      purpose: 'batch',
    });
    const failed = await openai.batches.create({
      input_file_id: file.id,
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
    });
    const { change, file: pendingFile } = pendingIn(storeFile);
    change(({ batches }) => {
      if (batches[0]) batches[0].id = failed.id;
    });
    await expect(command()).rejects.toMatchObject({
      message: expect.stringMatching(
        /^batch_2 failed with 0 of 0 calls answered: .*JSON/,
      ) as string,
      exitCode: 3,
    });
    expect(existsSync(pendingFile)).toBe(false);
    expect((await command()).state).toBe('submitted');
  });

  it('leaves what it answered before it expired', async () => {
    const { server, store, storeFile, command } = await start();
    await command();
    const expired = await expiring(server);
    pendingIn(storeFile).change(({ batches: [batch] }) => {
      if (batch) batch.model = batch.model.replace(server.url, expired);
    });
    await expect(command()).rejects.toThrow('batch_1 expired with 1 of 4 calls answered');
    expect(await callsOf(store)).toHaveLength(1);
    expect((await command({ batch: undefined })).state).toBe('judged');
    expect(live(server)).toHaveLength(3);
  });
});

/** Passes on to a server, but for its first batch, which has expired with one answer. */
async function expiring({ url }: ModelServer): Promise<string> {
  const [answered] = await answersOf(url);
  const expired = { code: 'batch_expired', message: 'This request could not be executed.' };
  const files: Record<string, string> = {
    'file-out': answered ?? '',
    'file-err': JSON.stringify({ custom_id: 'call-3', response: null, error: expired }),
  };
  const proxy = createServer((request, response) => {
    const file = /files\/([\w-]+)\/content/.exec(request.url ?? '')?.[1] ?? '';
    const batch = {
      id: 'batch_1',
      status: 'expired',
      output_file_id: 'file-out',
      error_file_id: 'file-err',
      request_counts: { total: 4, completed: 1, failed: 3 },
    };
    response.setHeader('content-type', file === '' ? 'application/json' : 'text/plain');
    response.end(file === '' ? JSON.stringify(batch) : files[file]);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

async function answersOf(url: string): Promise<string[]> {
  const headers = { authorization: 'Bearer any' };
  for (;;) {
    const batch = await fetch(`${url}/v1/batches/batch_1`, { headers });
    const { output_file_id: id } = (await batch.json()) as { output_file_id: string | null };
    if (id === null) continue;
    return (await (await fetch(`${url}/v1/files/${id}/content`, { headers })).text()).split('\n');
  }
}

describe('the sender of batches', () => {
  it('sends each that is full, for each model its own', async () => {
    const sent: PendingBatch[] = [];
    const provider = {
      server: '',
      line: (customId: string) => customId,
      submit: (lines: readonly string[]) => Promise.resolve(`batch of ${lines.join(' ')}`),
      look: () => Promise.reject(new Error('not asked')),
      answers: () => Promise.reject(new Error('not asked')),
    };
    const sender = createBatchSender(
      () => Promise.resolve(provider),
      (batch) => sent.push(batch),
      2,
    );
    for (const [model, ordinal] of [
      ['a', 1],
      ['b', 1],
      ['a', 2],
      ['a', 3],
    ] as const) {
      const request = { model, messages: [] };
      await sender.add({ dialogue: 'd', role: `juror ${model}`, part: '', ordinal, request });
    }
    expect(sent.map(({ id, model }) => [model, id])).toEqual([['a', 'batch of call-1 call-2']]);
    await sender.sendRest();
    expect(sent.map(({ model }) => model)).toEqual(['a', 'b', 'a']);
    expect(sent[2]?.calls).toMatchObject({ 'call-1': { role: 'juror a', ordinal: 3 } });
  });
});
