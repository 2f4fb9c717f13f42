import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { answersFromFile } from '../../../src/agents/patbot/ear/file-ear.js';
import type { ChatModel } from '../../../src/models/chat-model.js';
import { never } from '../../fixtures.js';

function answersFile(...lines: object[]): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'ear-')), 'answers.jsonl');
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  return file;
}

function ask(model: ChatModel, text: string, seed = 1) {
  return model.complete({ messages: [{ role: 'user', text }], seed }, never);
}

interface Unanswered {
  readonly asked: string;
  readonly messages: { readonly text: string }[];
}

function unansweredBeside(file: string): Unanswered[] {
  const text = readFileSync(file.replace('.jsonl', '.unanswered.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Unanswered);
}

describe('answers from a file', () => {
  it('writes out what it lacks, each question once, and finds the answer that was added', async () => {
    const file = answersFile();
    const model = answersFromFile(`file:${file}`);
    await expect(ask(model, 'How?')).rejects.toThrow(/lacks an answer.*unanswered\.jsonl/);
    await expect(ask(model, 'How?', 2)).rejects.toThrow('lacks');
    await expect(ask(model, 'Why?')).rejects.toThrow('lacks');
    const unanswered = unansweredBeside(file);
    expect(unanswered.map(({ messages }) => messages[0]?.text)).toEqual(['How?', 'Why?']);

    const answers = unanswered.map(({ asked }, index) => ({ asked, answer: { acts: [index] } }));
    const complete = answersFromFile(`file:${answersFile(...answers)}`);
    expect(await ask(complete, 'Why?', 9)).toMatchObject({
      text: '{"acts":[1]}',
      finish: 'complete',
    });
  });

  it('begins the list of what it lacks anew in each session', async () => {
    const file = answersFile();
    await ask(answersFromFile(`file:${file}`), 'How?').catch(() => undefined);
    await ask(answersFromFile(`file:${file}`), 'Why?').catch(() => undefined);
    expect(unansweredBeside(file).map(({ messages }) => messages[0]?.text)).toEqual(['Why?']);
  });

  it('names the line that is wrong', () => {
    expect(() => answersFromFile(`file:${answersFile({ asked: 'x' })}`)).toThrow(/jsonl:1/);
  });
});
