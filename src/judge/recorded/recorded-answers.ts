import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { MatrixError } from '../../errors.js';
import { canonicalJson, sha256 } from '../../evidence/canonical-json.js';
import { FINISHES, type ChatMessage } from '../../models/chat-model.js';
import { parseJson, readText, validate } from '../../read-file.js';
import { writeWhole } from '../../whole-file.js';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 has 64 hex digits');

const recordedAnswerSchema = z.strictObject({
  /** SHA-256 of the prompt as it was put, marks and all. */
  prompt: hash,
  text: z.string(),
  finish: z.enum(FINISHES),
});
export type RecordedAnswer = z.infer<typeof recordedAnswerSchema>;

const recordedQuestionSchema = z.strictObject({
  /** As `questionKey` makes it. */
  key: hash,
  /** What the marks and the order of the modes derive from, so that the prompt can be put together again. */
  nonce: z.string().min(1),
  /** The first answer, then the one to what was asked again. */
  answers: z.array(recordedAnswerSchema).min(1),
});
export type RecordedQuestion = z.infer<typeof recordedQuestionSchema>;

/** What was asked and answered, by key. */
export type RecordedAnswers = ReadonlyMap<string, RecordedQuestion>;

export function promptHash(messages: readonly ChatMessage[]): string {
  return sha256(canonicalJson(messages));
}

function fileOf(folder: string): string {
  return path.join(folder, 'answers.jsonl');
}

/** Whether a folder holds recorded answers. */
export function hasRecordedAnswers(folder: string): boolean {
  return existsSync(fileOf(folder));
}

/** @throws MatrixError where the folder holds none, naming the line that is wrong */
export function readRecordedAnswers(folder: string): RecordedAnswers {
  const file = fileOf(folder);
  if (!existsSync(file)) {
    throw new MatrixError(`${folder} holds no recorded answers of a juror`, {
      mend: `Record them first: matrix-sim recorded fill ${folder} --judge openai:MODEL`,
    });
  }
  const lines = readText(file)
    .split('\n')
    .filter((line) => line !== '');
  const questions = lines.map((line, index) => {
    const where = `${file}:${index + 1}`;
    const mend = 'Delete that line, and record what is then missing.';
    return validate(parseJson(line, where, mend), where, recordedQuestionSchema);
  });
  return new Map(questions.map((question) => [question.key, question]));
}

/** Writes a line a question, each beginning with its key and in their order: a diff shows what changed. */
export function writeRecordedAnswers(folder: string, answers: RecordedAnswers): void {
  writeWhole(
    fileOf(folder),
    inOrder(answers)
      .map((each) => `${JSON.stringify(each)}\n`)
      .join(''),
  );
}

/** Changes with any answer. */
export function fingerprintOf(answers: RecordedAnswers): string {
  return sha256(canonicalJson(inOrder(answers)));
}

function inOrder(answers: RecordedAnswers): RecordedQuestion[] {
  return [...answers.values()]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, nonce, answers: given }) => ({ key, nonce, answers: given }));
}
