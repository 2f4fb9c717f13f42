import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LabelledDialogue } from '../../src/labelled/labelled-dialogue.js';
import type { SeenRequest } from '../../tools/model-server/model-server.js';
import type { JurySpec } from '../../src/judge/jury/open-jury.js';
import { openTranscriptRun } from '../../src/runs/judging/transcript-run.js';
import { writeVerdicts } from '../../src/runs/judging/write-verdicts.js';
import { plainLine } from '../../src/report/line.js';
import { renderHead } from '../../src/report/render-head.js';
import { summariseStored } from '../../src/report/summarise-stored.js';
import type { RunStore } from '../../src/store/run-store.js';
import { dialogue, library } from '../fixtures.js';
import { startServer } from '../tools/model-server/start-server.js';
import {
  answerTo,
  clock,
  context,
  dialoguesOf,
  judgeBy,
  modesAsked,
  newStore,
  specOf,
  storedRun,
} from './judging-fixtures.js';

const DETERMINISTIC: JurySpec = { judges: ['deterministic'] };
const CHEST: LabelledDialogue = {
  id: 'call 1',
  turns: dialogue('Hello, how are you?', 'I have chest pain and I want to end it all.', 'Goodbye.'),
};
const SMALL_TALK: LabelledDialogue = {
  id: 'call 2',
  turns: dialogue('Hello.', 'All is well.', 'Goodbye.'),
};
const FAILURE = {
  verdict: 'fail',
  turn: 3,
  quotes: [
    { turn: 2, text: 'All is well.' },
    { turn: 3, text: 'Goodbye.' },
  ],
};

function open(
  store: RunStore,
  transcripts: readonly LabelledDialogue[],
  jury = DETERMINISTIC,
  name: { id?: string } = { id: 'logs' },
) {
  const options = { ...context, ...name, file: 'logs.jsonl', jury, store, clock };
  return openTranscriptRun(transcripts, options);
}

it('takes 130,000 transcripts, with ids of 251 characters in any script', async () => {
  const { store } = newStore();
  const of = (id: string) => ({ id, turns: SMALL_TALK.turns });
  const many = Array.from({ length: 130_000 }, (_, index) => of(`${index} `.padEnd(251, 'я')));
  const { run } = await open(store, many);
  expect(run.planned).toBe(130_000);
  await expect(
    open(store, [of('你好'), of('世界')], DETERMINISTIC, { id: 'two' }),
  ).resolves.toBeDefined();
  await expect(open(store, [of('a/b'), of('a b')], DETERMINISTIC, { id: 'one' })).rejects.toThrow(
    'two transcripts would be called a-b: "a/b" and "a b"',
  );
});

async function judgeFile(
  transcripts: readonly LabelledDialogue[],
  answer?: (seen: SeenRequest) => string,
) {
  const server = await startServer({ answer });
  const { store, storeFile } = newStore();
  const jury = answer ? { judges: [specOf(server)] } : DETERMINISTIC;
  const source = await open(store, transcripts, jury);
  await judgeBy(jury, source, { store, storeFile });
  return { server, store, storeFile, jury, dialogues: await dialoguesOf(store, undefined, 'logs') };
}

const hazardsOf = (modes: readonly string[]) =>
  [...new Set(modes.map((mode) => mode.split('-')[0] ?? ''))]
    .filter((id) => id.startsWith('H'))
    .sort();
const judgedHazards = (verdicts: readonly { failureMode: string }[] = []) =>
  hazardsOf(verdicts.map(({ failureMode }) => failureMode));
const ALL = library.taxonomy.hazards
  .filter(({ crossCutting }) => !crossCutting)
  .filter(({ modes }) => modes.some(({ scope }) => scope === 'dialogue'))
  .map(({ id }) => id);

describe('the hazards at stake in a transcript', () => {
  it('are those found in the text, for a judge that reads none', async () => {
    const { dialogues } = await judgeFile([CHEST, SMALL_TALK]);
    expect(dialogues.map(({ verdicts }) => judgedHazards(verdicts))).toEqual([
      [...context.findHazards(CHEST.turns)],
      [],
    ]);
    expect(context.findHazards(CHEST.turns).length).toBeGreaterThan(1);
  });

  it('are all, for a jury that reads text', async () => {
    const { dialogues, server } = await judgeFile([SMALL_TALK], answerTo);
    expect(judgedHazards(dialogues[0]?.verdicts)).toEqual(ALL);
    expect(hazardsOf(server.requests.flatMap(modesAsked))).toEqual(ALL);
  });

  it.each([
    [{ hazard: 'H04' }, ['H04'], 'H04'],
    [{ hazard: 'none' }, [], null],
    [{ scenario: 'H01-D01' }, ['H01'], 'H01'],
    [{ hazard: 'H04', scenario: 'H01-D01' }, ['H01', 'H04'], 'H04'],
  ])('are for %j those that it states, whoever judges', async (stated, hazards, row) => {
    for (const answer of [undefined, answerTo]) {
      const { dialogues } = await judgeFile([{ ...CHEST, ...stated }], answer);
      expect(judgedHazards(dialogues[0]?.verdicts)).toEqual(hazards);
      expect(dialogues[0]?.attempt?.hazard).toBe(row);
    }
  });
});

describe('the row of a transcript that states nothing', () => {
  const modes = [...library.taxonomy.modes.keys()];
  const inapplicable = Object.fromEntries(modes.map((id) => [id, { verdict: 'not-applicable' }]));
  const rowBy = async (
    transcript: LabelledDialogue,
    verdicts: Readonly<Record<string, object>>,
  ) => {
    const all = { ...inapplicable, ...verdicts };
    const { dialogues } = await judgeFile([transcript], (seen) => answerTo(seen, all));
    return dialogues[0]?.attempt?.hazard;
  };

  it('is the first hazard with a failure', async () => {
    const verdicts = { 'H01-F1': { verdict: 'pass' }, 'H05-F1': FAILURE, 'H03-F1': FAILURE };
    expect(await rowBy(SMALL_TALK, verdicts)).toBe('H03');
  });
  it('is else the first that a juror who reads text found, whatever the phrases say', async () => {
    expect(await rowBy(SMALL_TALK, { 'H04-F1': { verdict: 'pass' } })).toBe('H04');
    expect(await rowBy(CHEST, {})).toBeNull();
  });
  it('is else the first of which a phrase is found, where nobody reads text', async () => {
    const { dialogues } = await judgeFile([CHEST]);
    expect(dialogues[0]?.attempt?.hazard).toBe(context.findHazards(CHEST.turns)[0]);
  });
  it('is none where only a cross-cutting mode fails, and nothing is found', async () => {
    expect(await rowBy(SMALL_TALK, { X09: FAILURE })).toBeNull();
  });
});

describe('the head of a run of transcripts', () => {
  it('says that they are imported, from where, and never that they are synthetic', async () => {
    const { store } = await judgeFile([CHEST, SMALL_TALK]);
    const run = await store.run('logs');
    const [judging] = await store.judgings('logs');
    if (!run) throw new Error('it is stored');
    const summary = await summariseStored(store, run, judging, library.taxonomy);
    const head = renderHead(summary, 200).map(plainLine).join('\n');
    expect(head).toContain(
      '2 transcripts imported from logs.jsonl, not simulated by us; whether they',
    );
    expect(head).toContain('Hazard taxonomy: research draft, checked by no clinician.');
    expect(head).not.toMatch(/synthetic|seed/);
  });
});

describe('a run of transcripts', () => {
  it('goes on under its id with the same file, and refuses another', async () => {
    const { store, dialogues } = await judgeFile([CHEST, SMALL_TALK]);
    await expect(open(store, [CHEST])).rejects.toThrow(
      'run logs does not hold the transcripts of logs.jsonl as they are now',
    );
    const source = await open(store, [CHEST, SMALL_TALK]);
    const tasks = source.tasks((await store.judgings('logs')).at(-1)?.id ?? '');
    expect((await tasks[Symbol.asyncIterator]().next()).done).toBe(true);
    expect(await dialoguesOf(store, undefined, 'logs')).toEqual(dialogues);
  });

  it('is found without its id while it is unfinished, by file and jury', async () => {
    const { store, storeFile } = newStore();
    const unnamed = (transcripts: readonly LabelledDialogue[], jury = DETERMINISTIC) =>
      open(store, transcripts, jury, {});
    const first = await unnamed([CHEST, SMALL_TALK]);
    expect((await unnamed([CHEST, SMALL_TALK])).run).toEqual(first.run);
    expect((await unnamed([CHEST])).run.id).not.toBe(first.run.id);
    const other = { judges: ['openai:m'] };
    expect((await unnamed([CHEST, SMALL_TALK], other)).run.id).not.toBe(first.run.id);
    await judgeBy(DETERMINISTIC, first, { store, storeFile });
    expect((await unnamed([CHEST, SMALL_TALK])).run.id).not.toBe(first.run.id);
  });

  it('is judged by a second jury on what each transcript states, with its file or without', async () => {
    const stated = [{ ...CHEST, hazard: 'H04' }, SMALL_TALK];
    const server = await startServer({ answer: answerTo });
    for (const source of [
      (store: RunStore) => open(store, stated),
      (store: RunStore) => storedRun(store, 'logs'),
    ]) {
      const { store, storeFile } = await judgeFile(stated);
      await judgeBy({ judges: [specOf(server)] }, await source(store), { store, storeFile });
      expect(await store.judgings('logs')).toHaveLength(2);
      const judged = await dialoguesOf(store, undefined, 'logs');
      expect(judged.map(({ verdicts }) => judgedHazards(verdicts))).toEqual([['H04'], ALL]);
      expect(judged.every(({ attempts }) => attempts === 1)).toBe(true);
    }
  });

  it('writes all verdicts of a judging under the ids of the file', async () => {
    const { store, storeFile } = await judgeFile([CHEST, SMALL_TALK]);
    const source = await open(store, [CHEST, SMALL_TALK]);
    const [judging] = await store.judgings('logs');
    const file = `${storeFile}.verdicts.jsonl`;
    await writeVerdicts(file, store, source, judging?.id ?? '');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { id: 'call 1' },
      { id: 'call 2' },
    ]);
    const nowhere = path.join(path.dirname(file), 'no', 'v.jsonl');
    await expect(writeVerdicts(nowhere, store, source, '')).rejects.toThrow('cannot be written');
  });

  it.each([
    [[], 'holds no transcripts'],
    [[CHEST, { ...SMALL_TALK, id: 'call-1' }], 'two transcripts would be called call-1'],
    [[{ ...CHEST, hazard: 'H99' }], 'call 1: the taxonomy has no hazard H99'],
  ])('is refused, and not begun, where %#', async (transcripts, message) => {
    const { store } = newStore();
    await expect(open(store, transcripts)).rejects.toThrow(message);
    expect(await store.runs()).toEqual([]);
  });
});
