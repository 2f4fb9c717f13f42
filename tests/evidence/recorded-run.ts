import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Call } from '../../src/calls/call.js';
import type { Judgement } from '../../src/judge/verdict.js';
import type { RunStore } from '../../src/store/run-store.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { attempt, runRecord } from '../contracts/run-store.contract.js';

export const newStoreFile = () =>
  path.join(mkdtempSync(path.join(tmpdir(), 'evidence-')), 'store.db');

export const keyOf = (repeat: number) => ({ scenario: 'S', agent: 'careful', repeat });

/** What a text can hold that files, databases and hashes trip over. */
export const ODD_TEXT = `=1+1\u0000 \ud800 \u2028 "quoted", 😀 ${'I have been short of breath. '.repeat(4)}`;

export const judging = (id: string) => ({
  id,
  createdAt: '2026-11-24T09:00:00.000Z',
  judgeFingerprint: id,
  jurors: ['openai:m'],
  decides: [],
  nonce: 'n',
  policy: null,
  second: null,
});

const judgement: Judgement = {
  verdicts: [
    {
      failureMode: 'X09',
      outcome: 'fail',
      severity: 'Minor',
      primary: true,
      turn: 1,
      quotes: [{ turn: 1, text: '=1+1' }],
      jurors: [
        {
          juror: 'openai:m',
          verdict: 'fail',
          turn: 1,
          quotes: [],
          rationale: '-asked twice',
          confidence: 0.1234567890123456,
        },
      ],
    },
  ],
  duties: [],
  appropriateness: [],
  others: [],
  breaches: null,
  failures: [],
};

const call = (role: string, text: string): Call => ({
  role,
  part: '',
  ordinal: 1,
  model: 'openai:m',
  requestHash: 'h'.repeat(64),
  request: { messages: [{ role: 'user', text }] },
  answer: { text: 'How long has that been so?' },
  inputTokens: 12,
  outputTokens: null,
  latency: 12.345678901234567,
  attempts: 1,
});

/** A run of dialogues with an attempt, calls and the verdicts of judging `j-1`. */
export async function recordRun(store: RunStore, dialogues = 3): Promise<void> {
  await store.createRun(runRecord('r-1'));
  await store.saveJudging('r-1', judging('j-1'));
  for (let repeat = 1; repeat <= dialogues; repeat += 1) {
    const key = keyOf(repeat);
    await store.beginDialogue('r-1', key);
    await store.journal('r-1', key, { take: 1 }).record(call('agent', ODD_TEXT));
    await store.saveAttempt('r-1', key, attempt(ODD_TEXT));
    await judgeAgain(store, key, 'j-1');
  }
}

export async function judgeAgain(
  store: RunStore,
  key: ReturnType<typeof keyOf>,
  id: string,
): Promise<void> {
  await store.journal('r-1', key, { judging: id }).record(call('juror openai:m', 'Judge this.'));
  await store.saveJudgement('r-1', key, { judging: id, judgement });
}

export async function recordedStore(): Promise<{ file: string; store: RunStore }> {
  const file = newStoreFile();
  const store = openSqliteStore(file);
  await recordRun(store);
  return { file, store };
}
