import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SeenRequest } from '../../tools/model-server/model-server.js';
import { check, contents, linesOf, newPlan, recorded } from './recorded-folder.js';
import { askedOf } from './scripted-judge.js';

/** Answers the prompts that lie in a folder, as a reader of files would. */
function answerFiles(folder: string, verdictOn: (mode: string) => object = () => ({})) {
  for (const file of readdirSync(path.join(folder, 'asked/prompts'))) {
    const text = readFileSync(path.join(folder, 'asked/prompts', file), 'utf8');
    const { id, messages } = JSON.parse(text) as Pick<SeenRequest, 'messages'> & { id: string };
    const { modes } = askedOf({ messages } as SeenRequest);
    const verdicts = modes.map((mode) => ({
      ...{ mode, rationale: 'r', verdict: 'pass', turn: null, quotes: [], confidence: 0.9 },
      ...verdictOn(mode),
    }));
    const answer = { notes: '', verdicts, appropriateness: null, other: [] };
    writeFileSync(path.join(folder, `asked/answers/${id}.txt`), JSON.stringify(answer));
  }
}

const FROM = ['--plan', 'plan.yaml', '--from', 'asked'];
const writePrompts = (folder: string) =>
  recorded(folder, undefined, 'prompts', 'rec', '--plan', 'plan.yaml', '--out', 'asked');
const readAnswers = (folder: string, ...more: string[]) =>
  recorded(folder, undefined, 'answers', 'rec', ...FROM, ...more);

describe('recorded prompts and answers', () => {
  it('writes each prompt as it is put, with the form of the answer, and the same at the next call', async () => {
    const folder = newPlan();
    expect((await writePrompts(folder)).json()).toEqual({ asked: 4, missing: 4, again: 0 });
    const files = readdirSync(path.join(folder, 'asked/prompts'));
    const first = files.map((file) =>
      readFileSync(path.join(folder, 'asked/prompts', file), 'utf8'),
    );
    expect(JSON.parse(first[0] ?? '')).toMatchObject({
      messages: [{ role: 'system' }, { role: 'user' }],
      format: { name: 'verdicts', schema: { type: 'object' } },
    });
    await writePrompts(folder);
    const second = files.map((file) =>
      readFileSync(path.join(folder, 'asked/prompts', file), 'utf8'),
    );
    expect(second).toEqual(first);
  });

  it('reads answers back as far as they are there, and goes on when more come', async () => {
    const folder = newPlan();
    await writePrompts(folder);
    answerFiles(folder);
    const answers = path.join(folder, 'asked/answers');
    const [late = ''] = readdirSync(answers);
    const text = readFileSync(path.join(answers, late), 'utf8');
    writeFileSync(path.join(answers, late), ' \n');
    const some = await readAnswers(folder);
    expect(some.status).toBe(3);
    expect(some.json()).toMatchObject({ asked: 4, made: 3, missing: 1 });
    writeFileSync(path.join(answers, late), text);
    const rest = await readAnswers(folder);
    expect(rest.status).toBe(0);
    expect(rest.json()).toMatchObject({ made: 1, missing: 0 });
    const [, facts = '', card = ''] = contents(folder);
    expect(JSON.parse(facts)).toMatchObject({ model: 'unnamed', makings: [{ made: 4 }] });
    expect(card).toContain('a large language model (unnamed)');
  });

  it('tells which answers have a flaw, and writes prompts that ask again about those', async () => {
    const folder = newPlan();
    await writePrompts(folder);
    const quotes = [{ turn: 1, text: 'never said by anyone' }];
    answerFiles(folder, (mode) => (mode === 'X01' ? { verdict: 'fail', turn: 1, quotes } : {}));
    const read = await readAnswers(folder);
    expect(read.status).toBe(3);
    const { flaws } = read.json() as { flaws: string[] };
    expect(flaws).toHaveLength(4);
    expect(flaws[0]).toMatch(
      /^H01-D0\d\/\w+\/1: X01: No usable verdict: .*does not stand in turn 1/,
    );
    expect((await writePrompts(folder)).json()).toEqual({ asked: 4, missing: 4, again: 4 });
    const [file = ''] = readdirSync(path.join(folder, 'asked/prompts'));
    expect(readFileSync(path.join(folder, 'asked/prompts', file), 'utf8')).toContain(
      'verdicts that cannot be used',
    );
    answerFiles(folder);
    expect((await readAnswers(folder)).json()).toMatchObject({ missing: 0, flaws: [] });
    expect(
      linesOf(folder).map((line) => (JSON.parse(line) as { answers: [] }).answers.length),
    ).toEqual([2, 2, 2, 2]);
    expect(await check(folder)).toMatchObject({ status: 0 });
    expect((await writePrompts(folder)).json()).toMatchObject({ missing: 0 });
    expect(readdirSync(path.join(folder, 'asked/prompts'))).toEqual([]);
  });

  it('says where there are no prompts how to write them', async () => {
    const folder = newPlan();
    const { status, stderr } = await readAnswers(folder);
    expect(status).toBe(2);
    expect(stderr).toContain('recorded prompts');
  });
});
