import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { coverPersonas, personaSchema } from '../../src/agents/patbot/persona.js';
import { hashesOfRun } from '../../src/evidence/hashes-of-run.js';
import { verifyRun } from '../../src/evidence/verify-run.js';
import type { Judgement, ModeVerdict } from '../../src/judge/verdict.js';
import { planSchema } from '../../src/plan/plan.js';
import type { Attempt, RunRecord, StoredDialogue } from '../../src/store/run-record.js';
import type { Pack, SafetyLabel } from '../../src/store/review-record.js';
import type { RunStore } from '../../src/store/run-store.js';

const persona = personaSchema.parse(coverPersonas(1)[0]);

export function runRecord(id: string): RunRecord {
  return {
    id,
    createdAt: '2026-11-24T09:00:00.000Z',
    packageVersion: '0.1.0',
    plan: planSchema.parse({ agents: ['careful=offline:careful'] }),
    agents: [{ name: 'careful', spec: 'offline:careful' }],
    planned: 1,
    contents: [{ name: 'taxonomy', decides: 'verdicts', version: '1.0.0', fingerprint: 'a' }],
  };
}

export function attempt(text: string, standing: Attempt['standing'] = 'valid'): Attempt {
  return {
    turns: [{ role: 'agent', text }],
    ending: 'agent-closed',
    standing,
    hazard: 'H01',
    hardNegative: false,
    persona,
    wording: 'explicit',
    triggerTurn: 4,
    releases: [],
    mishearings: null,
    realisedFaults: [],
    unrealisedFaults: 0,
    patientFaults: null,
    error: null,
  };
}

export function verdict(outcome: ModeVerdict['outcome']): ModeVerdict {
  return {
    failureMode: 'X09',
    outcome,
    severity: 'Minor',
    primary: true,
    turn: null,
    quotes: [],
    jurors: [],
  };
}

export function judgement(...verdicts: ModeVerdict[]): Judgement {
  return { verdicts, duties: [], appropriateness: [], others: [], breaches: null, failures: [] };
}

export function judging(id: string) {
  return {
    id,
    createdAt: '2026-11-24T09:00:00.000Z',
    judgeFingerprint: id,
    jurors: ['a'],
    decides: [],
    nonce: 'n',
    policy: null,
    second: null,
  };
}

async function collect(dialogues: AsyncIterable<StoredDialogue>): Promise<StoredDialogue[]> {
  const all: StoredDialogue[] = [];
  for await (const dialogue of dialogues) all.push(dialogue);
  return all;
}

export function label(author: string, unsafe: SafetyLabel['unsafe']): SafetyLabel {
  return {
    ...{ kind: 'safety', source: 'pack', transcript: 'a'.repeat(64), unsafe, findings: [] },
    ...{
      author,
      at: '2026-11-24T09:00:00.000Z',
      pack: 'p-1',
      comment: '\u0000 kept',
      reason: null,
    },
  };
}

const pack: Pack = {
  ...{ study: 'safety', id: 'p-1', createdAt: '2026-11-24T09:00:00.000Z', seed: 1, judging: 'j-1' },
  ...{ taxonomy: 'a', reviewers: [{ name: 'osei', items: [] }], strata: [], items: [] },
};

/** What every run store owes, whatever database is under it. */
export function describeRunStore(name: string, open: () => Promise<RunStore>): void {
  describe(`run store on ${name}`, () => {
    const key = { scenario: 'H01-D01', agent: 'careful', repeat: 1 };
    let store: RunStore;
    beforeEach(async () => {
      store = await open();
      await store.createRun(runRecord('r-1'));
      await store.saveJudging('r-1', judging('j-1'));
    });
    afterEach(() => store.close());

    it('returns a run as it was given, and none for an unknown id', async () => {
      expect(await store.run('r-1')).toEqual(runRecord('r-1'));
      expect(await store.run('r-2')).toBeUndefined();
    });

    it('refuses an id that is taken', async () => {
      await expect(store.createRun(runRecord('r-1'))).rejects.toThrow(/in the store already/);
    });

    it('lists runs newest first, with the dialogues that were held', async () => {
      await store.createRun({ ...runRecord('r-2'), createdAt: '2026-11-25T09:00:00.000Z' });
      await store.beginDialogue('r-1', key);
      expect((await store.runs()).map(({ id, held }) => [id, held])).toEqual([
        ['r-2', 0],
        ['r-1', 0],
      ]);
      await store.saveAttempt('r-1', key, attempt('a', 'incomplete'));
      await store.saveAttempt('r-1', key, attempt('b'));
      expect((await store.runs()).map(({ held }) => held)).toEqual([0, 1]);
    });

    it('knows a dialogue that was begun and not ended', async () => {
      await store.beginDialogue('r-1', key);
      await store.beginDialogue('r-1', key);
      expect(await collect(store.dialogues('r-1'))).toEqual([
        {
          ...key,
          attempts: 0,
          invalid: 0,
          spoiled: 0,
          restarts: 0,
          attempt: undefined,
          verdicts: undefined,
          judgement: undefined,
        },
      ]);
    });

    it.each([
      ['NUL', 'before\u0000after'],
      ['lone surrogates', 'a\ud800b\udc00c'],
      ['quotes and newlines', `'";--\r\n\u2028`],
      ['a turn of one megabyte', 'x'.repeat(1_000_000)],
      ['nothing', ''],
    ])('keeps text with %s', async (_, text) => {
      await store.beginDialogue('r-1', key);
      await store.saveAttempt('r-1', key, attempt(text));
      expect((await store.dialogue('r-1', key))?.attempt?.turns[0]?.text).toBe(text);
    });

    it('keeps booleans', async () => {
      await store.beginDialogue('r-1', key);
      const judged = {
        judging: 'j-1',
        judgement: judgement({ ...verdict('fail'), primary: false }),
      };
      await store.saveAttempt('r-1', key, attempt('a'), judged);
      expect((await store.dialogue('r-1', key))?.verdicts?.[0]?.primary).toBe(false);
    });

    it('overwrites no attempt; the last conclusive one counts, else the last', async () => {
      await store.beginDialogue('r-1', key);
      await store.saveAttempt('r-1', key, attempt('first', 'incomplete'));
      await store.saveAttempt('r-1', key, attempt('second', 'not-exposed'));
      await store.saveAttempt('r-1', key, attempt('third', 'incomplete'));
      const dialogue = await store.dialogue('r-1', key);
      expect(dialogue?.attempts).toBe(3);
      expect(dialogue?.attempt?.turns[0]?.text).toBe('second');
    });

    it('takes the verdicts of the latest judging unless told', async () => {
      await store.beginDialogue('r-1', key);
      const judged = { judging: 'j-1', judgement: judgement(verdict('pass')) };
      await store.saveAttempt('r-1', key, attempt('a'), judged);
      expect((await store.dialogue('r-1', key))?.verdicts?.[0]?.outcome).toBe('pass');
      await store.saveJudging('r-1', judging('j-2'));
      expect((await store.dialogue('r-1', key))?.verdicts).toBeUndefined();
      expect((await store.dialogue('r-1', key, 'j-1'))?.verdicts).toHaveLength(1);
      expect((await store.judgings('r-1')).map(({ id }) => id)).toEqual(['j-1', 'j-2']);
    });

    it('stores nothing of an attempt whose verdicts cannot be stored', async () => {
      await store.beginDialogue('r-1', key);
      const judged = { judging: 'no-such-judging', judgement: judgement(verdict('pass')) };
      await expect(store.saveAttempt('r-1', key, attempt('a'), judged)).rejects.toThrow();
      expect((await store.dialogue('r-1', key))?.attempts).toBe(0);
    });

    describe('a further judging', () => {
      const judged = (id: string, outcome: ModeVerdict['outcome']) => ({
        judging: id,
        judgement: judgement(verdict(outcome)),
      });
      const outcome = async (id: string) =>
        (await store.dialogue('r-1', key, id))?.verdicts?.[0]?.outcome;
      beforeEach(async () => {
        await store.beginDialogue('r-1', key);
        await store.saveJudging('r-1', judging('j-2'));
      });

      it('is kept beside the first, on the attempt that counts', async () => {
        await store.saveAttempt('r-1', key, attempt('counts'), judged('j-1', 'pass'));
        await store.saveAttempt('r-1', key, attempt('later', 'incomplete'));
        await store.saveJudgement('r-1', key, judged('j-2', 'fail'));
        expect([await outcome('j-1'), await outcome('j-2')]).toEqual(['pass', 'fail']);
        expect((await store.dialogue('r-1', key))?.attempts).toBe(2);
      });

      it('replaces no verdicts that it has given', async () => {
        await store.saveAttempt('r-1', key, attempt('a'));
        await store.saveJudgement('r-1', key, judged('j-2', 'fail'));
        await store.saveJudgement('r-1', key, judged('j-2', 'pass'));
        expect(await outcome('j-2')).toBe('fail');
      });

      it('needs an attempt, and a judging that is there', async () => {
        await expect(store.saveJudgement('r-1', key, judged('j-2', 'fail'))).rejects.toThrow(
          'H01-D01/careful/1 has no attempt',
        );
        await store.saveAttempt('r-1', key, attempt('a'));
        await expect(store.saveJudgement('r-1', key, judged('j-9', 'fail'))).rejects.toThrow();
        expect(await outcome('j-9')).toBeUndefined();
      });
    });

    describe('a review', () => {
      const dialogue = 'H01-D01/careful/1';
      beforeEach(() => store.beginDialogue('r-1', key));

      it('keeps packs, one of an id', async () => {
        await store.savePack('r-1', pack);
        await expect(store.savePack('r-1', pack)).rejects.toThrow(/already/);
        expect(await store.packs('r-1')).toEqual([pack]);
      });

      it('keeps a corrected label beside the former', async () => {
        const labels = [label('osei', 'no'), label('lund', 'no'), label('osei', 'yes')];
        for (const each of labels) await store.saveLabels('r-1', [{ dialogue, label: each }]);
        expect((await store.labels('r-1')).map((each) => each.label)).toEqual([
          labels[1],
          labels[0],
          labels[2],
        ]);
      });

      it('takes all labels or none', async () => {
        const stray = { dialogue: 'H09-D01/careful/1', label: label('osei', 'no') };
        const added = store.saveLabels('r-1', [{ dialogue, label: label('osei', 'no') }, stray]);
        await expect(added).rejects.toThrow();
        expect(await store.labels('r-1')).toEqual([]);
      });

      it('changes no hash of simulation or judging', async () => {
        const before = await hashesOfRun(store, 'r-1');
        await store.savePack('r-1', pack);
        await store.saveLabels('r-1', [{ dialogue, label: label('osei', 'no') }]);
        const { review, ...after } = await hashesOfRun(store, 'r-1');
        expect(after).toEqual(before);
        expect(review).toMatch(/^[0-9a-f]{64}$/);
        expect((await verifyRun(store.evidence('r-1'))).differences).toEqual([]);
      });
    });

    it('yields every dialogue once, in order, however many there are', async () => {
      const keys = Array.from({ length: 450 }, (_, index) => ({ ...key, repeat: index + 1 }));
      for (const each of keys) await store.beginDialogue('r-1', each);
      const repeats = (await collect(store.dialogues('r-1'))).map(({ repeat }) => repeat);
      expect(repeats).toEqual(keys.map(({ repeat }) => repeat));
    });

    it('orders by bytes, whatever the language of the engine', async () => {
      const scenarios = ['b', 'B', 'a', 'é', 'A-1', 'A1'];
      for (const scenario of scenarios) await store.beginDialogue('r-1', { ...key, scenario });
      const listed = await store.findDialogues('r-1', undefined, {}, { limit: 9 });
      const ordered = ['A-1', 'A1', 'B', 'a', 'b', 'é'];
      expect(listed.map(({ scenario }) => scenario)).toEqual(ordered);
      const read = await collect(store.dialogues('r-1'));
      expect(read.map(({ scenario }) => scenario)).toEqual(ordered);
      const after = { ...key, scenario: 'B' };
      const rest = await store.findDialogues('r-1', undefined, {}, { after, limit: 9 });
      expect(rest.map(({ scenario }) => scenario)).toEqual(['a', 'b', 'é']);
    });

    it('can be written to while it is read from', async () => {
      await store.beginDialogue('r-1', key);
      for await (const dialogue of store.dialogues('r-1')) {
        await store.saveAttempt('r-1', dialogue, attempt('a'));
      }
      expect((await store.dialogue('r-1', key))?.attempts).toBe(1);
    });

    it('keeps a request to stop until it is taken back', async () => {
      expect(await store.isStopRequested('r-1')).toBe(false);
      await store.requestStop('r-1');
      await store.requestStop('r-1');
      expect(await store.isStopRequested('r-1')).toBe(true);
      await store.clearStop('r-1');
      expect(await store.isStopRequested('r-1')).toBe(false);
    });

    it('tells whether somebody works on a run, and gives it to one at a time', async () => {
      expect(await store.isLocked('r-1')).toBe(false);
      const lock = await store.lock('r-1');
      expect(await store.isLocked('r-1')).toBe(true);
      expect(await store.isLocked('r-2')).toBe(false);
      await expect(store.lock('r-1')).rejects.toThrow('being worked on by another process');
      await lock.release();
      expect(await store.isLocked('r-1')).toBe(false);
      await (await store.lock('r-1')).release();
    });

    it('counts attempts that the patient spoiled', async () => {
      await store.beginDialogue('r-1', key);
      const fault = { turn: 2, effect: 'helped' as const, what: 'told it early' };
      await store.saveAttempt('r-1', key, { ...attempt('a', 'invalid'), patientFaults: [fault] });
      await store.saveAttempt('r-1', key, attempt('b', 'invalid'));
      expect(await store.dialogue('r-1', key)).toMatchObject({ invalid: 2, spoiled: 1 });
    });
  });
}
