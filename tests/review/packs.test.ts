import { describe, expect, it } from 'vitest';
import { library, NEUTRAL } from '../fixtures.js';
import { makePack, packAll, type PackWishes } from '../../src/review/make-pack.js';
import { makeRealismPack, type PatientSide } from '../../src/review/realism-pack.js';
import { renderPreferences } from '../../src/review/render-agreement.js';
import { sheetsOfPack } from '../../src/review/sheets-of-pack.js';
import { showDialogue } from '../../src/review/shown-dialogue.js';
import { hashOfItem, hashOfPair } from '../../src/review/shown-hash.js';
import { summarisePreferences } from '../../src/review/summarise-preferences.js';
import { packSchema, type DialogueLabel, type Preference } from '../../src/store/review-record.js';
import type { StoredDialogue } from '../../src/store/run-record.js';
import type { Turn } from '../../src/transcript/transcript.js';
import { clock, MAJOR, stored, taxonomy, verdict } from './reviews.js';

const { scenarios } = library.scenarios;
const byId = new Map(scenarios.map((each) => [each.id, each]));
const some = scenarios.slice(0, 6).map(({ id }) => id);
const shown = some.flatMap(
  (id, n) =>
    showDialogue(
      stored(`${id}/zebra/1`, [
        verdict(MAJOR, n < 3 ? 'fail' : 'pass', { 'openai:okapi': 'fail' }),
      ]),
      byId,
    ) ?? [],
);
const wishes: PackWishes = {
  ...{ run: 'r-secret', study: 'safety', judging: 'j-secret', taxonomy: taxonomy.fingerprint },
  ...{ reviewers: ['ada', 'bo'], sample: 6, overlap: 2, each: 1, seed: 1 },
};

describe('sheetsOfPack', () => {
  const pack = makePack(shown, wishes, clock);
  const sheets = sheetsOfPack(pack, shown, taxonomy);

  it('is a pack that the store can read again', () => {
    expect(packSchema.parse(JSON.parse(JSON.stringify(pack)))).toEqual(pack);
    expect(pack.strata.map(({ drawn }) => drawn)).toEqual([3, 3]);
  });

  it('shows neither agent, scenario, run, judge, juror nor verdict', () => {
    for (const { items, reviewer } of sheets) {
      const text = JSON.stringify({ items, reviewer });
      for (const word of ['zebra', 'okapi', 'secret', 'fail', MAJOR, ...some]) {
        expect(text).not.toContain(word);
      }
    }
  });

  it('names hazards in the whole list of modes alone', () => {
    const titles = scenarios.slice(0, 6).map(({ title }) => title);
    const names = [...taxonomy.modes.values()].filter(({ scope }) => scope === 'dialogue');
    for (const { items, modes } of sheets) {
      expect(modes.map(({ id }) => id)).toEqual(names.map(({ id }) => id));
      const text = JSON.stringify(items);
      for (const { name } of taxonomy.hazards) expect(text).not.toContain(name);
      for (const title of titles) expect(text).not.toContain(title);
    }
  });

  it('holds the hash of what is shown', () => {
    const items = sheets.flatMap((sheet) => sheet.items);
    expect(items.length).toBe(8);
    for (const item of items) expect(item.transcript).toBe(hashOfItem(item));
  });

  it('shows a transcript from elsewhere without a task', () => {
    const elsewhere = showDialogue(stored('theirs-1/file/1'), byId);
    expect(elsewhere).toMatchObject({ task: [], outcome: 'undetermined' });
    expect(elsewhere?.turns).toHaveLength(3);
  });

  it('shows nothing that does not count', () => {
    const one = stored('S1/a/1');
    const { attempt } = one;
    expect(showDialogue({ ...one, attempt: undefined }, byId)).toBeUndefined();
    const invalid = attempt && { ...attempt, standing: 'invalid' as const };
    expect(showDialogue({ ...one, attempt: invalid }, byId)).toBeUndefined();
  });

  it('takes all for a pack that is to decide', () => {
    const all = packAll(
      shown,
      { ...wishes, study: 'adjudication', reviewers: ['lund'], overlap: 6 },
      clock,
    );
    expect(all.items.every(({ probability, overlap }) => probability === 1 && overlap)).toBe(true);
    const said = new Map([[shown[0]?.dialogue ?? '', ['ada: yes']]]);
    const [sheet] = sheetsOfPack(all, shown, taxonomy, said);
    expect(sheet?.items.filter((item) => item.said.length > 0)).toHaveLength(1);
  });

  it('refuses names that cannot stand for reviewers', () => {
    expect(() => makePack(shown, { ...wishes, reviewers: ['../ada'] }, clock)).toThrow('"../ada"');
    expect(() => makePack(shown, { ...wishes, reviewers: ['ada', 'Ada'] }, clock)).toThrow(
      'Ada is named twice',
    );
  });
});

const call = (...texts: string[]): Turn[] =>
  texts.map((text, index) => ({ role: index % 2 === 0 ? 'agent' : 'patient', text }));

function held(id: string, turns: Turn[], recall: 'high' | 'low' = 'high'): StoredDialogue {
  const one = stored(id, undefined, turns);
  return { ...one, attempt: one.attempt && { ...one.attempt, persona: { ...NEUTRAL, recall } } };
}
const side = (run: string, ...dialogues: StoredDialogue[]): PatientSide => ({
  run,
  patient: `${run} patient`,
  dialogues,
});
const study = (a: PatientSide, b: PatientSide, sample = 50, seed = 1) =>
  makeRealismPack(a, b, { reviewers: ['ada', 'bo'], sample, seed }, clock);

describe('makeRealismPack', () => {
  const many = Array.from({ length: 40 }, (_, n) => `S${n + 1}/a/1`);
  const rules = side('r1', ...many.map((id) => held(id, call('How are you?', `Rules ${id}.`))));
  const model = side('r2', ...many.map((id) => held(id, call('How are you?', `Model ${id}.`))));

  it('keeps which patient stood first, and shows it to nobody', () => {
    const { pack, sheets } = study(rules, model);
    expect(packSchema.parse(JSON.parse(JSON.stringify(pack)))).toEqual(pack);
    const firsts = pack.items.map(({ first }) => first);
    expect(new Set(firsts).size).toBe(2);
    const items = new Map(sheets.flatMap(({ items: all }) => all.map((item) => [item.code, item])));
    for (const { code, first, transcript } of pack.items) {
      const item = items.get(code);
      expect(item?.first).toMatch(first === 'a' ? /^Rules/ : /^Model/);
      expect(item?.second).toMatch(first === 'a' ? /^Model/ : /^Rules/);
      expect(item && hashOfPair(item)).toBe(transcript);
      expect(Object.keys(item ?? {}).sort()).toEqual([
        'before',
        'code',
        'first',
        'second',
        'transcript',
      ]);
    }
    expect(sheets[0]?.items.map(({ code }) => code)).not.toEqual(
      sheets[1]?.items.map(({ code }) => code),
    );
    expect(study(rules, model)).toEqual({ pack, sheets });
    expect(study(rules, model, 7).pack.items).toHaveLength(7);
  });

  it('prefers answers to the same question, else shows each with what it answers', () => {
    const a = side('r1', held('S1/a/1', call('Hello?', 'A1.', 'Any pain?', 'A2.')));
    const same = side('r2', held('S1/a/1', call('Who is this?', 'B1.', 'Any pain?', 'B2.')));
    for (const seed of [1, 2, 3, 4, 5]) {
      const [item] = study(a, same, 1, seed).sheets[0]?.items ?? [];
      expect(item?.before).toBe('Any pain?');
      expect([item?.first, item?.second].sort()).toEqual(['A2.', 'B2.']);
    }
    const other = side('r2', held('S1/a/1', call('Who is this?', 'B1.')));
    const [item] = study(a, other).sheets[0]?.items ?? [];
    expect(item?.before).toBe('');
    expect([item?.first, item?.second].sort()).toEqual([
      '“Hello?”\n\nA1.',
      '“Who is this?”\n\nB1.',
    ]);
  });

  it('compares before the same agent, and before another where there is none', () => {
    const of = (run: string, agent: string) =>
      held(`S1/${agent}/1`, call('Hello?', `${run} ${agent}.`));
    const { pack } = study(
      side('r1', of('r1', 'x'), of('r1', 'y')),
      side('r2', of('r2', 'y'), of('r2', 'x')),
    );
    expect(pack.items.map(({ a, b }) => [a.dialogue, b.dialogue]).sort()).toEqual([
      ['S1/x/1', 'S1/x/1'],
      ['S1/y/1', 'S1/y/1'],
    ]);
    const human = study(side('r1', of('r1', 'x')), side('r2', of('r2', 'file')));
    expect(human.pack.items[0]?.b.dialogue).toBe('S1/file/1');
  });

  it('refuses runs without a case in common, and those that say the same', () => {
    expect(() => study(rules, side('r2', held('Z1/a/1', call('How are you?', 'Model.'))))).toThrow(
      'no scenario and repeat in common',
    );
    expect(() => study(rules, rules)).toThrow('in common');
  });
});

describe('summarisePreferences', () => {
  const a = side(
    'r1',
    held('S1/a/1', call('Hello?', 'A.')),
    held('S2/a/1', call('Hello?', 'A.'), 'low'),
  );
  const b = side(
    'r2',
    held('S1/a/1', call('Hello?', 'B.')),
    held('S2/a/1', call('Hello?', 'B.'), 'low'),
  );
  const { pack } = study(a, b);
  const [one, two] = ['S1/a/1', 'S2/a/1'].map(
    (id) => pack.items.find((item) => item.a.dialogue === id)?.code ?? '',
  );
  const prefer = (
    author: string,
    item: string | undefined,
    preferred: Preference['preferred'],
    ratings: Preference['ratings'],
  ): DialogueLabel => ({
    dialogue: 'S1/a/1',
    label: {
      ...{ kind: 'preference', item: item ?? '', preferred, ratings, author, pack: pack.id },
      ...{ comment: '', reason: null, at: clock().toISOString() },
    },
  });

  it('counts ties as half, and of two answers by one person the later', () => {
    const summary = summarisePreferences(pack, [
      prefer('ada', one, 'b', { a: 1, b: 1 }),
      prefer('ada', one, 'a', { a: 4, b: 2 }),
      prefer('ada', two, 'tie', { a: 3, b: null }),
      prefer('bo', one, 'a', { a: 5, b: 3 }),
      prefer('bo', two, 'b', { a: 2, b: 4 }),
    ]);
    expect(summary).toMatchObject({ a: 2, b: 1, ties: 1, share: 0.625 });
    expect(summary.ratings).toEqual({ a: { mean: 3.5, ratings: 4 }, b: { mean: 3, ratings: 3 } });
    expect(summary.interval?.low).toBeLessThan(0.625);
    expect(summary.interval?.high).toBeGreaterThan(0.625);
    expect(renderPreferences(summary)[1]).toContain('0.63');
  });

  it('gives ratings by level of each axis', () => {
    const { byPersona } = summarisePreferences(pack, [
      prefer('ada', one, 'a', { a: 4, b: 2 }),
      prefer('ada', two, 'a', { a: 2, b: 1 }),
    ]);
    const recall = byPersona.filter(({ axis }) => axis === 'recall');
    expect(recall.map(({ level, a: { mean } }) => [level, mean])).toEqual([
      ['high', 4],
      ['low', 2],
    ]);
    expect(byPersona.find(({ axis }) => axis === 'channel')?.a).toEqual({ mean: 3, ratings: 2 });
  });

  it('does not take several readers of one pair for as many pairs', () => {
    const readers = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8'];
    const answers = readers.flatMap((name) => [
      prefer(name, one, 'a', { a: null, b: null }),
      prefer(name, two, 'b', { a: null, b: null }),
    ]);
    const { interval } = summarisePreferences(pack, answers);
    expect((interval?.high ?? 0) - (interval?.low ?? 0)).toBeGreaterThan(0.9);
  });

  it('says nothing without answers', () => {
    expect(summarisePreferences(pack, [])).toMatchObject({ share: null, interval: null, a: 0 });
  });
});
