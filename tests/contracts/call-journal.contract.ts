import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.js';
import type { RunStore } from '../../src/store/run-store.js';
import { attempt, runRecord } from './run-store.contract.js';

function call(ordinal: number, text: string): Call {
  return {
    role: 'agent',
    part: '',
    ordinal,
    model: 'openai:m',
    requestHash: `hash ${ordinal}`,
    request: { messages: [{ role: 'user', text }] },
    answer: { text },
    inputTokens: 10,
    outputTokens: 2,
    latency: 12.5,
    attempts: 1,
  };
}

/** What every run store owes its journal of calls, whatever database is under it. */
export function describeCallJournal(name: string, open: () => Promise<RunStore>): void {
  describe(`the journal of calls on ${name}`, () => {
    const key = { scenario: 'H01-D01', agent: 'careful', repeat: 1 };
    let store: RunStore;
    beforeEach(async () => {
      store = await open();
      await store.createRun(runRecord('r-1'));
      await store.beginDialogue('r-1', key);
    });
    afterEach(() => store.close());
    const long = `Hello. ${'I have been short of breath since Sunday. '.repeat(3)}\u0000 \ud800 #end`;

    it('gives back what was kept, to the letter, in the order of the calls', async () => {
      const journal = store.journal('r-1', key, { take: 1 });
      const calls = [call(1, long), call(2, '#short'), call(3, long)];
      await Promise.all(calls.map((each) => journal.record(each)));
      expect(await store.calls('r-1', key, { take: 1 })).toEqual(calls);
      expect(await store.calls('r-1', key, { take: 2 })).toEqual([]);
    });

    it('holds many dialogues in one commit, beside other writes, and loses none', async () => {
      const keys = Array.from({ length: 40 }, (_, index) => ({ ...key, repeat: index + 1 }));
      await Promise.all(
        keys.map(async (each) => {
          await store.beginDialogue('r-1', each);
          const journal = store.journal('r-1', each, { take: 1 });
          for (const ordinal of [1, 2, 3]) await journal.record(call(ordinal, long));
          await store.saveAttempt('r-1', each, attempt('a'));
        }),
      );
      for (const each of keys) expect(await store.calls('r-1', each, { take: 1 })).toHaveLength(3);
    });

    it('refuses a second answer in the same place, and keeps the first', async () => {
      const journal = store.journal('r-1', key, { take: 1 });
      await journal.record(call(1, 'first'));
      await expect(journal.record(call(1, 'second'))).rejects.toThrow();
      expect((await store.calls('r-1', key, { take: 1 }))[0]?.answer).toEqual({ text: 'first' });
      await journal.record(call(2, 'third'));
      expect(await store.calls('r-1', key, { take: 1 })).toHaveLength(2);
    });

    it('keeps takes apart, names those that have calls, and counts restarts', async () => {
      expect(await store.sittings('r-1', key)).toEqual([]);
      await store.journal('r-1', key, { take: 1 }).record(call(1, 'lost'));
      await store.restartDialogue('r-1', key);
      await store.journal('r-1', key, { take: 2 }).record(call(1, 'new'));
      expect((await store.calls('r-1', key, { take: 2 }))[0]?.answer).toEqual({ text: 'new' });
      expect((await store.calls('r-1', key, { take: 1 }))[0]?.answer).toEqual({ text: 'lost' });
      expect((await store.dialogue('r-1', key))?.restarts).toBe(1);
      const last = store.journal('r-1', key, { take: 10 });
      await Promise.all([1, 2].map((nth) => last.record(call(nth, 'a'))));
      expect(await store.sittings('r-1', key)).toEqual([{ take: 1 }, { take: 2 }, { take: 10 }]);
    });

    it('keeps judgings apart from takes and from each other, and parts of one question too', async () => {
      await store.journal('r-1', key, { take: 1 }).record(call(1, 'held'));
      for (const id of ['j-1', 'j-2']) {
        const journal = store.journal('r-1', key, { judging: id });
        for (const part of ['', '2']) await journal.record({ ...call(1, `${id} ${part}`), part });
      }
      const answers = (await store.calls('r-1', key, { judging: 'j-1' })).map(
        (kept) => kept.answer,
      );
      expect(answers).toEqual([{ text: 'j-1 ' }, { text: 'j-1 2' }]);
      expect(await store.calls('r-1', key, { take: 1 })).toHaveLength(1);
      expect(await store.sittings('r-1', key)).toEqual([
        { take: 1 },
        { judging: 'j-1' },
        { judging: 'j-2' },
      ]);
      expect((await store.usage('r-1')).map(({ judging, calls }) => [judging, calls])).toEqual([
        [null, 1],
        ['j-1', 2],
        ['j-2', 2],
      ]);
    });

    it('sums up calls and tokens by role and model', async () => {
      const journal = store.journal('r-1', key, { take: 1 });
      await journal.record({ ...call(1, 'a'), cachedTokens: 8 });
      await journal.record(call(2, 'b'));
      await journal.record({ ...call(1, 'c'), role: 'patient', model: null, inputTokens: null });
      const cost = (
        calls: number,
        inputTokens: number,
        outputTokens: number,
        cachedTokens: number,
      ) => ({ calls, inputTokens, outputTokens, cachedTokens });
      expect(await store.usage('r-1')).toEqual([
        { judging: null, role: 'agent', model: 'openai:m', ...cost(2, 20, 4, 8) },
        { judging: null, role: 'patient', model: null, ...cost(1, 0, 2, 0) },
      ]);
    });

    it('goes with its run', async () => {
      await store.journal('r-1', key, { take: 1 }).record(call(1, long));
      await store.removeRun('r-1');
      await store.createRun(runRecord('r-1'));
      expect(await store.usage('r-1')).toEqual([]);
    });
  });
}
