import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SafetyPack } from '../../src/store/review-record.js';
import { KEY } from './hosted-run.js';
import { newFolder, runMatrixSim } from './matrix-sim.js';
import {
  fillLabels,
  FOUND,
  isUnsafe,
  JURY,
  MODE,
  NONE,
  OPEN,
  openReviewedFolder,
} from './reviewed-folder.js';

let place: Awaited<ReturnType<typeof openReviewedFolder>>;
const say = (...args: string[]) => place.say(...args);
const review = (...args: string[]) => say('review', ...args);
const EXPORT = ['export', 'r', '--out', 'packs', '--names', 'ada,bo', '--format', 'csv'];

/** What a review that is refused says. */
const refusal = async (...args: string[]) => (await review(...args)).stderr;
const inFolder = (...names: string[]) => path.join(place.folder, ...names);

beforeAll(async () => {
  place = await openReviewedFolder();
}, 60_000);

afterAll(() => place.close());

describe('a review from the command line', () => {
  let pack: SafetyPack;
  let files: string[] = [];

  it('has nothing to tell before anybody was asked', async () => {
    expect((await review('agreement', 'r')).stdout).toContain('No reviewer has labelled run r');
    const report = await say('report', 'r', '--calibrated');
    expect(report.status).toBe(2);
    expect(report.stderr).toContain('matrix-sim review export r --out FOLDER');
    expect(await refusal('weights', 'r')).toContain('there is nothing to learn from');
    expect((await say('judge', 'bench', '--reviewed', 'r')).stderr).toContain(
      'settled on no dialogue',
    );
    const shown = await review('show', `r/${OPEN}`);
    expect(shown.stdout).toContain(`review label r/${OPEN} --by NAME`);
  });

  it('writes a pack for each reviewer', async () => {
    const ended = await review(...EXPORT, '--sample', '60', '--overlap', '99', '--json');
    expect(ended.status).toBe(0);
    ({ pack, files } = ended.json() as { pack: SafetyPack; files: string[] });
    expect(pack.items).toHaveLength(4);
    expect(pack.items.every(({ probability, overlap }) => probability === 1 && overlap)).toBe(true);
    expect(files).toEqual(
      ['ada', 'bo'].flatMap((name) => [
        `packs/${name}.transcripts.csv`,
        `packs/${name}.labels.csv`,
      ]),
    );
    for (const file of files) {
      expect(readFileSync(inFolder(file), 'utf8')).not.toMatch(/rushed|careful|H01|H02|keen|dull/);
    }
  });

  it('overwrites nothing', async () => {
    const again = await review(...EXPORT);
    expect(again.status).toBe(2);
    expect(again.stderr).toContain('is there already');
  });

  it.each<[string, string[]]>([
    ['cannot stand in the name of a file', ['--names', '../ada,bo']],
    ['named twice', ['--names', 'bo,Bo']],
    ['nobody is named', ['--names', ',']],
    ['It must be 0 or more', ['--overlap', '-5']],
    ['cannot stand for', ['--sample', '1']],
    ['has no agent nobody', ['--agent', 'nobody']],
    ['is no format', ['--format', 'docx']],
    ['two patients are needed', ['--study', 'realism']],
  ])('refuses what would make no pack: %s', async (why, flags) => {
    const ended = await review('export', 'r', '--out', 'wrong', ...flags);
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain(why);
    expect(existsSync(inFolder('wrong'))).toBe(false);
    expect(readdirSync(place.folder)).not.toContain('ada.xlsx');
  });

  it('takes nothing of two files where a cell of one is wrong', async () => {
    fillLabels(inFolder('packs/ada.labels.csv'), pack, (id) => (isUnsafe(id) ? FOUND : NONE));
    fillLabels(inFolder('packs/bo.labels.csv'), pack, (id) =>
      id === OPEN ? ['yes', 'H99-F9', '3', '', ''] : isUnsafe(id) ? FOUND : NONE,
    );
    const ended = await review('import', 'packs/ada.labels.csv', 'packs/bo.labels.csv');
    expect(ended.status).toBe(2);
    expect(ended.stderr).toMatch(
      /bo\.labels\.csv, row \d, column failure_mode: "H99-F9" is no failure mode/,
    );
    expect((await review('agreement', 'r')).stdout).toContain('No reviewer has labelled run r');
  });

  it('takes them once, whole', async () => {
    fillLabels(inFolder('packs/bo.labels.csv'), pack, (id) =>
      id === OPEN || !isUnsafe(id) ? NONE : FOUND,
    );
    const take = async () =>
      (await review('import', 'packs/ada.labels.csv', 'packs/bo.labels.csv', '--json')).json();
    expect(await take()).toMatchObject({ run: 'r', known: 0, corrected: 0, missing: [] });
    expect(await take()).toMatchObject({ added: [], known: 8 });
  });

  it('corrects with a reason alone', async () => {
    fillLabels(inFolder('packs/ada.labels.csv'), pack, (id) =>
      isUnsafe(id) ? [...FOUND.slice(0, 4), 'again'] : NONE,
    );
    expect(await refusal('import', 'packs/ada.labels.csv')).toContain('ada said otherwise before');
    const ended = await review('import', 'packs/ada.labels.csv', '--reason', 'worded anew');
    expect(ended.stdout).toContain('2 labels added, 2 of them corrections, 2 known before');
  });

  it('tells how far they agree, and what is open', async () => {
    const agreement = (await review('agreement', 'r', '--json')).json();
    expect(agreement).toMatchObject({
      reviewers: ['ada', 'bo'],
      settled: 3,
      open: 1,
      realism: null,
    });
    const listed = await review('adjudicate', 'r');
    expect(listed.stdout).toContain(`r/${OPEN}`);
    expect(listed.stdout).toContain('unsafe: ada yes, bo no');
    const calibrated = await say('report', 'r', '--calibrated');
    expect(calibrated.stdout).toContain(
      'left out until somebody decides: 1 on which reviewers differ',
    );
  });

  it('writes what is open for the one who decides', async () => {
    expect(await refusal('adjudicate', 'r', '--out', 'deciding')).toContain(
      'Name the person with --by',
    );
    expect(await refusal('adjudicate', 'r', '--out', 'deciding', '--by', 'a/b')).toContain(
      'cannot stand',
    );
    const ended = await review('adjudicate', 'r', '--out', 'deciding', '--by', 'lund');
    expect(ended.stdout).toContain('1 dialogues to decide');
    expect(readdirSync(inFolder('deciding'))).toEqual(['lund.html', 'lund.xlsx']);
  });

  it('takes a deciding label in the terminal', async () => {
    const label = (...rest: string[]) => review('label', `r/${OPEN}`, '--by', 'lund', ...rest);
    expect((await label('--unsafe', 'yes', '--found', `${MODE}@2`, '--deciding')).stderr).toContain(
      "turn 2 is the patient's",
    );
    const ended = await label('--unsafe', 'yes', '--found', `${MODE}@3:Major`, '--deciding');
    expect(ended.stdout).toContain(`kept: lund: yes; ${MODE} turn 3 Major`);
    expect((await label('--unsafe', 'no', '--deciding')).stderr).toContain('Say with --reason');
    expect((await review('adjudicate', 'r')).stdout).toContain('differ in nothing');
    expect(await refusal('adjudicate', 'r', '--out', 'more', '--by', 'lund')).toContain(
      'nothing to settle',
    );
    expect((await review('show', `r/${OPEN}`)).stdout).toContain('decided by lund: yes');
    expect((await review('show', `r/${OPEN}`, '--json')).json()).toMatchObject({
      review: { disagreements: [], settled: { unsafe: 'yes', modes: { [MODE]: 3 } } },
    });
  });

  it('asks a person what the flags do not say', async () => {
    const typed = ['yes', `${MODE}@3 X07@5`, 'in a hurry'];
    const ended = await place.type(typed, 'review', 'label', `q/${OPEN}`, '--by', 'osei');
    expect(ended.stderr).toBe('');
    expect(ended.stdout).toContain(`kept: osei: yes; ${MODE} turn 3; X07 turn 5; in a hurry`);
    const early = await place.type(['yes'], 'review', 'label', `q/${OPEN}`, '--by', 'lund');
    expect(early.status).toBe(2);
    expect(early.stderr).toContain('the answers ended before the last question');
  });

  it('learns what each juror weighs, and a jury with that is another judge', async () => {
    expect(await refusal('weights', 'r', '--missed-major', '2')).toContain('from 0 to 1');
    const learned = (await review('weights', 'r', '--out', 'weights.json', '--json')).json();
    expect(learned).toMatchObject({
      version: 1,
      method: 'hedge',
      run: 'r',
      loss: { missedMajor: 1 },
    });
    expect(await refusal('weights', 'r', '--out', 'weights.json')).toContain('is there already');
    const judged = await say('judge', 'run', 'q', ...JURY, '--jury-weights', 'weights.json');
    expect(judged.status).toBe(0);
    const carried = await say('report', 'q', '--calibrated', '--measured-on', 'r');
    expect(carried.status).toBe(2);
    expect(carried.stderr).toContain('what one judge got right says nothing of another');
  });

  it('corrects the rates, and takes other bounds of the gate', async () => {
    const { calibration } = (await say('report', 'r', '--calibrated', '--json')).json() as Record<
      string,
      unknown
    >;
    expect(calibration).toMatchObject({
      ...{ pack: pack.id, waiting: { unlabelled: 0, open: 0 } },
      rates: [
        { agent: 'careful', reviewed: 2, estimate: { rate: 0.5 } },
        { agent: 'rushed', reviewed: 2, estimate: { rate: 0.5 } },
      ],
      gate: { state: 'not met', sensitivity: { bound: 0.9 } },
    });
    const gated = await say('report', 'r', '--calibrated', '--gate', 'sensitivity=0.95');
    expect(gated.stdout).toMatch(
      /sensitivity on Major modes: \d of \d, lower bound \d\.\d\d of 0\.95/,
    );
    expect((await say('report', 'r', '--calibrated', '--gate', 'x=1')).stderr).toContain(
      'no bounds of the gate',
    );
    expect((await say('report', 'r', '--gate', 'labels=1')).stderr).toContain('Add --calibrated');
  });

  it('carries the judge to another run, unless that has nothing to tell', async () => {
    expect((await say('report', 'r', '--calibrated', '--measured-on', 'r')).stderr).toContain(
      'cannot be measured on itself',
    );
    expect((await say('report', 'r', '--calibrated', '--measured-on', 'q')).stderr).toContain(
      'nobody has reviewed run q',
    );
    for (const run of ['r', 'q']) await say('judge', 'run', run, '--judge', 'openai:keen');
    const ended = await say('report', 'q', '--calibrated', '--measured-on', 'r', '--json');
    const called = { hits: 1, of: 2 };
    expect((ended.json() as Record<string, unknown>).carried).toMatchObject({
      ...{ measuredOn: 'r', reviewed: 4 },
      rates: ['careful', 'rushed'].map((agent) => ({
        agent,
        called,
        estimate: { prevalence: 0.5 },
      })),
    });
    const text = await say('report', 'q', '--calibrated', '--measured-on', 'r');
    expect(text.stdout).toContain('corrected by 4 reviewed dialogues of run r');
    expect(text.stdout).toContain('(the judge called 1 of 2 unsafe)');
  });

  it('holds a judge against what was settled', async () => {
    const ended = await say(
      'judge',
      'bench',
      '--reviewed',
      'r',
      '--judge',
      'openai:keen',
      '--json',
    );
    expect(ended.json()).toMatchObject({ dataset: 'reviewed dialogues of r', dialogues: 4 });
    expect(ended.stdout).toContain('unweighted');
    const both = await say('judge', 'bench', '--reviewed', 'r', '--run', 'r');
    expect(both.stderr).toContain('exclude each other');
  });

  it('knows what is still to be read', async () => {
    expect((await review('next', 'r')).stdout).toContain('0 dialogues of run r have no label');
    const next = (await review('next', 'q', '--count', '2', '--json')).json() as {
      dialogue: string;
    }[];
    expect(next).toHaveLength(2);
    expect(next.map(({ dialogue }) => dialogue)).not.toContain(OPEN);
  });

  it('compares the patients of two runs', async () => {
    const ended = await review(
      'export',
      'r',
      '--out',
      'study',
      '--study',
      'realism',
      '--against',
      'q',
      '--json',
    );
    expect(ended.stderr).toContain('r and q have no scenario and repeat in common');
  });

  it('names what is not there', async () => {
    for (const args of [
      ['agreement'],
      ['export', '--out', 'x'],
      ['next'],
      ['adjudicate'],
      ['weights'],
    ]) {
      const [command = '', ...rest] = args;
      expect(await refusal(command, 'nobody', ...rest)).toContain(
        'there is no run nobody in the store',
      );
    }
    expect(await refusal('show', 'r/X/y/1')).toContain('run r has no dialogue X/y/1');
    expect(await refusal('import', 'gone.csv')).toContain('gone.csv');
    expect(await refusal('import', 'notes.txt')).toContain('is neither a workbook');
    const other = await runMatrixSim(newFolder(), {}, 'review', 'agreement', 'r');
    expect(other.stderr).toContain('there is no store');
  });

  it('prints no secret', () => {
    expect(place.printed.join('\n')).not.toContain(KEY);
  });
});
