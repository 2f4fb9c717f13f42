import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Judgement } from '../../src/judge/verdict.js';
import type { Pack } from '../../src/store/review-record.js';
import { dialogueId, type StoredDialogue } from '../../src/store/run-record.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { browserPath, openBrowser } from '../browser.js';
import { matrixSim, newFolder } from '../cli/matrix-sim.js';
import { fillWorkbook, hasSoffice, type TypedCell } from '../review/fill-workbook.js';

const isComplete = hasSoffice && browserPath !== undefined;
if (!isComplete) {
  console.warn(
    'The round trip of a review is skipped: it needs LibreOffice and Chromium (apt-get install libreoffice-calc chromium).',
  );
}

/** What a reviewer says of a dialogue: the faults that took effect in it, by mode and turn. */
type Truth = ReadonlyMap<string, readonly { failureMode: string; turn: number }[]>;

/**
 * Judges a run by two jurors whose errors are known: one finds what took effect, one passes all.
 * @returns the truth of each dialogue that counts
 */
async function judgeByKnownJurors(file: string, run: string): Promise<Truth> {
  const store = openSqliteStore(file);
  const [deterministic] = await store.judgings(run);
  if (!deterministic) throw new Error('the run was not judged');
  const jurors = ['finds', 'passes'];
  await store.saveJudging(run, { ...deterministic, id: 'j-known', judgeFingerprint: 'k', jurors });
  const truth = new Map<string, StoredDialogue['attempt'] & object>();
  const dialogues: StoredDialogue[] = [];
  for await (const dialogue of store.dialogues(run, deterministic.id)) dialogues.push(dialogue);
  for (const dialogue of dialogues) {
    if (!dialogue.attempt || !dialogue.judgement) continue;
    truth.set(dialogueId(dialogue), dialogue.attempt);
    const judgement = judgementBy(dialogue.judgement, dialogue.attempt.realisedFaults);
    await store.saveJudgement(run, dialogue, { judging: 'j-known', judgement });
  }
  await store.close();
  const valid = [...truth].filter(([, { standing }]) => standing === 'valid');
  return new Map(valid.map(([id, { realisedFaults }]) => [id, realisedFaults]));
}

type Faults = StoredDialogue['attempt'] extends infer A ? NonNullable<A & object> : never;

function judgementBy(judged: Judgement, faults: Faults['realisedFaults']): Judgement {
  const turns = new Map(faults.map(({ failureMode, turn }) => [failureMode, turn]));
  const verdicts = judged.verdicts.map((verdict) => {
    const turn = turns.get(verdict.failureMode);
    const vote = (juror: string, isFail: boolean) => ({
      ...{ juror, verdict: isFail ? ('fail' as const) : ('pass' as const), quotes: [] },
      ...{ turn: isFail ? (turn ?? null) : null, rationale: '', confidence: 1 },
    });
    const jurors = [vote('finds', turn !== undefined), vote('passes', false)];
    const outcome = turn === undefined ? ('pass' as const) : ('fail' as const);
    return { ...verdict, outcome, primary: true, turn: turn ?? null, quotes: [], jurors };
  });
  return { ...judged, verdicts };
}

/** Fills a workbook by LibreOffice: an answer in each dialogue's row, a row below for each finding. */
function fillByLibreOffice(file: string, items: readonly ReviewedItem[]): void {
  const cells: TypedCell[] = [];
  const put = (cell: string, text: string) => cells.push({ sheet: 'Labels', cell, text });
  let free = items.length + 3;
  items.forEach(({ code, found }, index) => {
    put(`B${index + 3}`, found.length > 0 ? 'yes' : 'no');
    for (const { failureMode, turn } of found) {
      put(`A${free}`, code);
      put(`C${free}`, failureMode);
      put(`D${free}`, String(turn));
      free += 1;
    }
  });
  fillWorkbook(file, cells);
}

/** Fills the HTML form by a browser, and takes its result. @returns the path of the result */
async function fillByChromium(file: string, items: readonly ReviewedItem[]): Promise<string> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    for (const { code, found } of items) {
      await page.locator(`li > a[href="#item-${code}"]`).click();
      const item = page.locator(`#item-${code}`);
      await item.locator(`[value=${found.length > 0 ? 'yes' : 'no'}]`).check();
      for (const [index, { failureMode, turn }] of found.entries()) {
        await item.locator('.add').click();
        const finding = item.locator('.finding').nth(index);
        await finding.locator('[name=mode]').selectOption(failureMode);
        await finding.locator('[name=turn]').selectOption(String(turn));
      }
    }
    const waiting = page.waitForEvent('download');
    await page.locator('#download').click();
    const download = await waiting;
    const result = path.join(path.dirname(file), download.suggestedFilename());
    await download.saveAs(result);
    return result;
  } finally {
    await browser.close();
  }
}

interface ReviewedItem {
  readonly code: string;
  readonly found: readonly { failureMode: string; turn: number }[];
}

function itemsFor(pack: Pack, reviewer: string, truth: Truth): ReviewedItem[] {
  const codes = pack.reviewers.find(({ name }) => name === reviewer)?.items ?? [];
  if (pack.study === 'realism') throw new Error('no labels are asked for');
  const dialogueOf = new Map(pack.items.map(({ code, dialogue }) => [code, dialogue]));
  return codes.map((code) => ({ code, found: truth.get(dialogueOf.get(code) ?? '') ?? [] }));
}

describe.skipIf(!isComplete)('a review', () => {
  it('goes from a run through workbook and form to calibrated rates', async () => {
    const folder = newFolder();
    const sim = (...args: string[]) => matrixSim(folder, ...args, '--store', 'runs.db');
    const json = async (...args: string[]) => {
      const { status, stdout, stderr } = await sim(...args, '--json');
      expect(stderr).not.toContain('error:');
      expect(status).toBe(0);
      return JSON.parse(stdout) as never;
    };
    const plan = ['--hazard', 'H01', '--hazard', 'H04', '--hazard', 'H13', '--agent'];
    await sim('run', ...plan, 'rushed=offline:rushed', '--run-id', 'r');
    const truth = await judgeByKnownJurors(path.join(folder, 'runs.db'), 'r');
    const { pack } = (await json(
      ...['review', 'export', 'r', '--out', path.join(folder, 'packs'), '--names', 'osei,lund'],
      ...['--sample', '24', '--overlap', '24', '--format', 'xlsx,html,csv'],
    )) as { pack: Pack };

    fillByLibreOffice(path.join(folder, 'packs/osei.xlsx'), itemsFor(pack, 'osei', truth));
    // The second reviewer overlooks what the first found in one dialogue.
    const second = itemsFor(pack, 'lund', truth);
    const overlooked = second.find(({ found }) => found.length > 0);
    const lund = second.map((item) => (item === overlooked ? { ...item, found: [] } : item));
    const result = await fillByChromium(path.join(folder, 'packs/lund.html'), lund);
    const imported = await json('review', 'import', path.join(folder, 'packs/osei.xlsx'), result);
    expect(imported).toMatchObject({ run: 'r', known: 0, corrected: 0, missing: [] });
    expect((imported as { added: unknown[] }).added).toHaveLength(48);

    const before = await json('review', 'agreement', 'r');
    expect(before).toMatchObject({ reviewers: ['lund', 'osei'], settled: 23, open: 1 });
    const { pack: deciding } = (await json(
      ...['review', 'adjudicate', 'r', '--by', 'cole', '--out', path.join(folder, 'deciding')],
    )) as { pack: Pack };
    const decisions = itemsFor(deciding, 'cole', truth);
    expect(decisions).toHaveLength(1);
    fillByLibreOffice(path.join(folder, 'deciding/cole.xlsx'), decisions);
    await json('review', 'import', path.join(folder, 'deciding/cole.xlsx'));
    const after = (await json('review', 'agreement', 'r')) as { judges: { name: string }[] };
    expect(after).toMatchObject({ settled: 24, open: 0 });
    const judge = after.judges.find(({ name }) => name === 'judge');
    expect(judge).toMatchObject({
      agreement: { dialogues: 24, measures: [{ value: 1 }, {}, {}, {}] },
    });

    const weights = path.join(folder, 'weights.json');
    const learned = (await json('review', 'weights', 'r', '--out', weights)) as {
      weights: { finds: number; passes: number };
    };
    expect(learned.weights.finds).toBeGreaterThan(learned.weights.passes);
    expect(JSON.parse(readFileSync(weights, 'utf8'))).toEqual(learned);

    const { calibration } = (await json('report', 'r', '--calibrated')) as {
      calibration: Calibrated;
    };
    const rate = [...truth.values()].filter((found) => found.length > 0).length / truth.size;
    expect(calibration.rates).toHaveLength(1);
    const [{ estimate } = { estimate: null }] = calibration.rates;
    expect(estimate?.rate).toBeCloseTo(rate, 5);
    expect(estimate?.interval.low).toBeLessThan(rate);
    expect(estimate?.interval.high).toBeGreaterThan(rate);
    expect(calibration.judge).toMatchObject({ sensitivity: { rate: 1 }, specificity: { rate: 1 } });
    expect(calibration.gate.state).toBe('labels needed');
    const { stdout } = await sim('verify', 'r');
    expect(stdout).toMatch(/review +[0-9a-f]{64}/);
  });
});

interface Calibrated {
  readonly rates: { estimate: { rate: number; interval: { low: number; high: number } } | null }[];
  readonly judge: unknown;
  readonly gate: { state: string };
}
