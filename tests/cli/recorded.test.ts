import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { matrixSim, newFolder } from './matrix-sim.js';
import {
  check,
  contents,
  fill,
  judging,
  LESS,
  linesOf,
  newPlan,
  recorded,
  REFUSAL,
  start,
} from './recorded-folder.js';
import { askedOf } from './scripted-judge.js';

describe('recorded fill', () => {
  it('asks what is missing, keeps it as sorted lines, and the second time asks and changes nothing', async () => {
    const server = await start();
    const folder = newPlan();
    const filled = await fill(folder, server);
    expect(filled.status).toBe(0);
    expect(filled.json()).toMatchObject({ asked: 4, made: 4, removed: 0, missing: 0 });
    expect(linesOf(folder)).toHaveLength(4);
    expect(linesOf(folder)).toEqual([...linesOf(folder)].sort());
    const before = contents(folder);
    const calls = server.count();
    const again = await fill(folder, server);
    expect(again.json()).toMatchObject({ asked: 4, made: 0, removed: 0 });
    expect(server.count()).toBe(calls);
    expect(contents(folder)).toEqual(before);
  });

  it('names on the data card who answered, without the address of a server', async () => {
    const server = await start();
    const folder = newPlan();
    const judge = `openai:gpt-x@${server.url}/v1`;
    await recorded(folder, server, 'fill', 'rec', '--judge', judge, '--plan', 'plan.yaml');
    const [, facts = '', card = ''] = contents(folder);
    expect(JSON.parse(facts)).toMatchObject({ model: 'openai:gpt-x', makings: [{ made: 4 }] });
    expect(card).toContain('4 questions');
    expect(card).toContain('`openai:gpt-x`');
    expect(card).toContain('Made anew 0 times');
    expect(contents(folder).join('')).not.toContain('127.0.0.1');
  });

  it('removes what nobody asks any more, and leaves the rest to the byte', async () => {
    const server = await start();
    const folder = newPlan();
    await fill(folder, server);
    const before = linesOf(folder);
    writeFileSync(path.join(folder, 'plan.yaml'), LESS);
    expect(await check(folder)).toMatchObject({ status: 4, asked: 2, missing: 0, stale: 2 });
    expect((await fill(folder, server)).json()).toMatchObject({ asked: 2, made: 0, removed: 2 });
    expect(linesOf(folder)).toHaveLength(2);
    expect(linesOf(folder).every((line) => before.includes(line))).toBe(true);
    expect(await check(folder)).toMatchObject({ status: 0, stale: 0 });
  });

  it('keeps what was answered when a call fails, and then asks only the rest', async () => {
    const refused = { greeting: /^Hello/ };
    const server = await start((seen) => {
      const [first] = askedOf(seen).turns;
      return refused.greeting.test(first?.says ?? '') ? REFUSAL : judging(seen);
    });
    const folder = newPlan();
    const first = await fill(folder, server);
    refused.greeting = /^$/;
    const calls = server.count();
    const second = await fill(folder, server);
    const [before, after] = [first.json(), second.json()] as { made: number; failures: string[] }[];
    expect(first.status).toBe(3);
    expect(before?.failures).toEqual([expect.stringContaining('H01-D0')]);
    expect(before?.made).toBe(3);
    expect(second.status).toBe(0);
    expect((before?.made ?? 0) + (after?.made ?? 0)).toBe(4);
    expect(server.count() - calls).toBe(after?.made);
  });

  it('refuses a second model for the same folder', async () => {
    const server = await start();
    const folder = newPlan();
    await fill(folder, server);
    const words = ['fill', 'rec', '--judge', 'openai:other', '--plan', 'plan.yaml'];
    const { status, stderr } = await recorded(folder, server, ...words);
    expect(status).toBe(2);
    expect(stderr).toContain('answered by openai:gpt-x, not by openai:other');
  });
});

describe('recorded for a stored run', () => {
  const words = ['fill', 'rec', '--judge', 'openai:gpt-x', '--store', 's.db', '--run'];

  it('refuses one of other agents', async () => {
    const server = await start();
    const folder = newFolder();
    const run = ['run', '--scenario', 'H01-D01', '--store', 's.db', '--run-id', 'r'];
    await matrixSim(folder, ...run, '--agent', 'b=command:"cat"');
    const { status, stderr } = await recorded(folder, server, ...words, 'r');
    expect(status).toBe(2);
    expect(stderr).toContain('cannot judge b');
    expect(server.count()).toBe(0);
  });

  it('refuses one that is not held to its end: answers about the rest would be lost', async () => {
    const server = await start();
    const folder = newFolder();
    const run = ['run', '--scenario', 'H01-D01', '--store', 's.db', '--run-id', 'r'];
    await matrixSim(folder, ...run, '--agent', 'offline:careful');
    const store = openSqliteStore(path.join(folder, 's.db'));
    const whole = await store.run('r');
    if (whole) await store.createRun({ ...whole, id: 'half' });
    await store.close();
    const { status, stderr } = await recorded(folder, server, ...words, 'half');
    expect(status).toBe(2);
    expect(stderr).toContain('holds 0 of its 1 dialogues');
    expect((await recorded(folder, server, ...words, 'r')).status).toBe(0);
  });
});
