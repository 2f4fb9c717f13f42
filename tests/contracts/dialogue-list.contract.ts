import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModeVerdict } from '../../src/judge/verdict.js';
import type { DialogueFilter, ListPage } from '../../src/store/dialogue-list.js';
import type { RunStore } from '../../src/store/run-store.js';
import { attempt, judgement, judging, label, runRecord, verdict } from './run-store.contract.js';

/** What every run store owes to who looks for dialogues. */
export function describeDialogueList(name: string, open: () => Promise<RunStore>): void {
  describe(`a list of dialogues in a run store on ${name}`, () => {
    const key = { scenario: 'H01-D01', agent: 'careful', repeat: 1 };
    let store: RunStore;
    const keyOf = (repeat: number) => ({ ...key, repeat });
    const mode = (over: Partial<ModeVerdict>): ModeVerdict => ({ ...verdict('pass'), ...over });
    const vote = (said: ModeVerdict['jurors'][number]['verdict']) => ({
      ...{ juror: said, verdict: said, turn: null, quotes: [], rationale: '', confidence: 1 },
    });
    const failing = mode({ failureMode: 'H01-F1', outcome: 'fail', severity: 'Major' });
    const repeatsOf = async (filter: DialogueFilter, page: Partial<ListPage> = {}) =>
      (await store.findDialogues('r-1', undefined, filter, { limit: 9, ...page })).map(
        ({ repeat }) => repeat,
      );
    const hold = async (repeat: number, ...verdicts: ModeVerdict[]) => {
      await store.beginDialogue('r-1', keyOf(repeat));
      await store.saveAttempt('r-1', keyOf(repeat), attempt('a'), {
        judging: 'j-1',
        judgement: judgement(...verdicts),
      });
    };
    beforeEach(async () => {
      store = await open();
      await store.createRun(runRecord('r-1'));
      await store.saveJudging('r-1', judging('j-1'));
      await hold(1, mode({}));
      await hold(2, failing, mode({ outcome: 'fail', severity: 'Catastrophic', primary: false }));
      await hold(10, mode({ outcome: 'undetermined', jurors: [vote('fail'), vote('pass')] }));
      await store.beginDialogue('r-1', keyOf(11));
    });
    afterEach(() => store.close());

    it('says what each came to, without its words', async () => {
      const [first, second, third, begun] = await store.findDialogues(
        ...(['r-1', undefined, {}, { limit: 9 }] as const),
      );
      expect(first).toMatchObject({ repeat: 1, outcome: 'pass', severity: null, failed: 0 });
      expect(second).toMatchObject({ outcome: 'fail', severity: 'Major', failed: 1, open: 0 });
      expect(third).toMatchObject({ outcome: 'undetermined', open: 1, disputed: true });
      expect(begun).toMatchObject({ standing: null, ending: null, outcome: null });
    });

    it('finds what a verdict says beside texts that no engine likes', async () => {
      const odd = ['\u0000', '\ud800', '\\u0000', '\\\u0000', '\\\\ud800 \udfff', '😀'];
      const jurors = odd.map((text) => ({ ...vote('fail'), rationale: `${text}"}` }));
      await hold(20, { ...failing, jurors: [...jurors, vote('pass')] });
      await store.beginDialogue('r-1', keyOf(21));
      const faulty = odd.map((what) => ({ turn: 2, effect: 'helped' as const, what }));
      await store.saveAttempt('r-1', keyOf(21), {
        ...attempt(odd.join('"'), 'invalid'),
        patientFaults: faulty,
      });
      expect(await repeatsOf({ mode: 'H01-F1', severity: 'Major' })).toEqual([2, 20]);
      expect(await repeatsOf({ disputed: true })).toEqual([10, 20]);
      expect(await repeatsOf({ hazard: 'H01', standing: 'invalid' })).toEqual([21]);
      expect(await store.dialogue('r-1', keyOf(21))).toMatchObject({ invalid: 1, spoiled: 1 });
    });

    it('is filtered by what verdicts, attempts and keys say', async () => {
      expect(await repeatsOf({ outcome: 'fail' })).toEqual([2]);
      expect(await repeatsOf({ mode: 'H01-F1' })).toEqual([2]);
      expect(await repeatsOf({ mode: 'X09', outcome: 'undetermined' })).toEqual([10]);
      expect(await repeatsOf({ severity: 'Considerable' })).toEqual([2]);
      expect(await repeatsOf({ severity: 'Catastrophic' })).toEqual([]);
      expect(await repeatsOf({ disputed: true })).toEqual([10]);
      expect(await repeatsOf({ undecided: true })).toEqual([10]);
      expect(await repeatsOf({ ending: 'agent-closed', hazard: 'H01' })).toEqual([1, 2, 10]);
      expect(await repeatsOf({ ending: 'budget' })).toEqual([]);
      expect(await repeatsOf({ agent: 'rushed' })).toEqual([]);
      expect(await repeatsOf({ scenarios: ['H01-D01'] })).toEqual([1, 2, 10, 11]);
      expect(await repeatsOf({ scenarios: [] })).toEqual([]);
    });

    it('comes in pages by key, and is counted to a bound', async () => {
      expect(await repeatsOf({}, { limit: 2 })).toEqual([1, 2]);
      expect(await repeatsOf({}, { after: keyOf(2) })).toEqual([10, 11]);
      expect((await repeatsOf({}, { order: 'shuffled' })).sort((a, b) => a - b)).toEqual([
        1, 2, 10, 11,
      ]);
      expect(await store.countDialogues('r-1', undefined, {}, 100)).toBe(4);
      expect(await store.countDialogues('r-1', undefined, {}, 3)).toBe(3);
    });

    it('follows the attempt that counts, and the judging that is asked for', async () => {
      await store.saveAttempt('r-1', keyOf(2), { ...attempt('b'), ending: 'patient-left' });
      expect(await repeatsOf({ outcome: 'fail' })).toEqual([]);
      await store.saveAttempt('r-1', keyOf(2), { ...attempt('c', 'invalid'), ending: 'budget' });
      expect(await repeatsOf({ ending: 'patient-left' })).toEqual([2]);
      await store.saveJudging('r-1', judging('j-2'));
      await store.saveJudgement('r-1', keyOf(1), {
        judging: 'j-2',
        judgement: judgement(failing),
      });
      expect(await repeatsOf({ outcome: 'fail' })).toEqual([1]);
      const before = await store.findDialogues('r-1', 'j-1', { outcome: 'pass' }, { limit: 9 });
      expect(before.map(({ repeat }) => repeat)).toEqual([1]);
    });

    it('leaves out what a reviewer has labelled, and finds a dialogue by its number', async () => {
      const dialogue = 'H01-D01/careful/1';
      await store.saveLabels('r-1', [{ dialogue, label: label('osei', 'no') }]);
      expect(await repeatsOf({ unlabelledBy: 'osei', standing: 'valid' })).toEqual([2, 10]);
      expect(await repeatsOf({ unlabelledBy: 'lund', standing: 'valid' })).toEqual([1, 2, 10]);
      const [first] = await store.findDialogues('r-1', undefined, {}, { limit: 1 });
      expect(await repeatsOf({ number: first?.number })).toEqual([1]);
    });

    it('is counted by agent and outcome', async () => {
      const counts = await store.countOutcomes('r-1', undefined);
      const of = (outcome: string | null) =>
        counts.filter((count) => count.outcome === outcome).map(({ dialogues }) => dialogues);
      expect([of('fail'), of('pass'), of('undetermined'), of(null)]).toEqual([[1], [1], [1], [1]]);
      expect(counts.every(({ agent }) => agent === 'careful')).toBe(true);
    });

    it('tells failures as they come', async () => {
      const first = await store.failuresSince('r-1', 0, 9);
      expect(first.dialogues.map(({ repeat }) => repeat)).toEqual([2]);
      expect((await store.failuresSince('r-1', first.mark, 9)).dialogues).toEqual([]);
      await hold(12, failing);
      const next = await store.failuresSince('r-1', first.mark, 9);
      expect(next.dialogues.map(({ repeat }) => repeat)).toEqual([12]);
    });

    it('is the same in a store that the run was moved to', async () => {
      const list = async (from: RunStore) =>
        (await from.findDialogues('r-1', undefined, {}, { limit: 9 })).map((each) => ({
          ...each,
          number: 0,
        }));
      const other = await open();
      const records = async function* () {
        for await (const evidence of store.evidence('r-1')) yield* evidence.records;
      };
      await other.importRun(records());
      expect(await list(other)).toEqual(await list(store));
      await other.close();
    });

    it('goes with its run', async () => {
      await store.removeRun('r-1');
      expect(await repeatsOf({})).toEqual([]);
      expect((await store.failuresSince('r-1', 0, 9)).dialogues).toEqual([]);
    });
  });
}
