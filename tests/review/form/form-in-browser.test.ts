import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readFormResult } from '../../../src/review/form/read-form-result.js';
import { renderForm } from '../../../src/review/form/write-form.js';
import type { Cell, FilledSheet, ReviewSheet } from '../../../src/review/sheet.js';
import { AXE, browserPath, openBrowser } from '../../browser.js';
import { folderOf } from '../../folder-of.js';
import { CALL, dialogue, HOSTILE, pair, realismSheet, safetySheet } from '../sheets.js';

interface AxeRun {
  run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
}

/** A page, what it asked the network for, and what it did that no form does. */
interface Opened {
  readonly page: Page;
  readonly requests: string[];
  readonly alarms: string[];
}

describe.skipIf(browserPath === undefined)('a form in a browser', () => {
  let browser: Browser;
  let context: BrowserContext | undefined;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterEach(() => context?.close());
  afterAll(() => browser.close());

  async function open(sheet: ReviewSheet, options = {}, before = ''): Promise<Opened> {
    context = await browser.newContext(options);
    if (before) await context.addInitScript(before);
    const page = await context.newPage();
    const [requests, alarms]: [string[], string[]] = [[], []];
    page.on('request', (request) => requests.push(request.url()));
    page.on('dialog', (dialog) => {
      alarms.push(dialog.message());
      void dialog.accept();
    });
    page.on('pageerror', (error) => alarms.push(error.message));
    page.on('console', (message) => message.type() === 'error' && alarms.push(message.text()));
    const folder = folderOf({ 'form.html': renderForm(sheet) });
    await page.goto(pathToFileURL(path.join(folder, 'form.html')).href);
    return { page, requests, alarms };
  }

  /** Presses keys in turn; what stands in quotes is typed. */
  async function press(page: Page, ...keys: string[]): Promise<void> {
    for (const key of keys) {
      if (key.startsWith('"')) await page.keyboard.type(key.slice(1, -1));
      else await page.keyboard.press(key);
    }
  }

  /** Tabs on until what has the focus has this name, as a person does who hears the names. */
  async function tabTo(page: Page, selector: string): Promise<void> {
    for (let tabs = 0; tabs < 200; tabs += 1) {
      await page.keyboard.press('Tab');
      const isThere = await page.evaluate(
        (wanted) => document.activeElement?.matches(wanted) ?? false,
        selector,
      );
      if (isThere) return;
    }
    throw new Error(`no Tab leads to ${selector}`);
  }

  async function download(page: Page): Promise<{ name: string; text: string }> {
    const waiting = page.waitForEvent('download');
    await page.locator('#download').focus();
    await page.keyboard.press('Enter');
    const file = await waiting;
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
  }

  /** What was put where, without what was left empty. */
  function entered(filled: FilledSheet): Record<string, string> {
    const cells =
      filled.study === 'realism'
        ? filled.pairs.flatMap(({ ratings, ...cells }) => [cells, ratings])
        : [...filled.items, ...filled.findings];
    const put = cells
      .flatMap((of) => Object.values(of) as Cell[])
      .filter(({ text, at }) => text !== '' && !/(code|transcript)$/.test(at));
    return Object.fromEntries(put.map(({ text, at }) => [at, text]));
  }

  it('is filled by keyboard alone, outlives a reload, and gives what was entered', async () => {
    const { page, alarms } = await open(safetySheet([dialogue('K7Q2'), dialogue('M3RA')]));
    await tabTo(page, '#item-K7Q2 [value=yes]');
    await press(page, 'Space');
    await tabTo(page, '.add');
    await press(page, 'Enter', '"Z01-F2"');
    expect(await page.locator('.criterion').textContent()).toContain('after it was due');
    await press(page, 'Tab', '"3"', 'Tab', '"Maj"', 'Tab', '"too late"');
    await tabTo(page, '#item-K7Q2 form > label textarea');
    await press(page, '"all else well"', 'Tab', 'Enter');

    const heading = page.locator('#item-M3RA h2');
    await expect.poll(() => heading.evaluate((h2) => document.activeElement === h2)).toBe(true);
    expect(await page.locator('#left').textContent()).toBe('1 of 2 done, 1 left');

    await page.reload();
    expect(await page.locator('#saved').textContent()).toBe('Your answers of before are here.');
    const { name, text } = await download(page);
    expect(name).toBe('spring-ada.json');
    expect(entered(readFormResult(text, name))).toEqual({
      'dialogue K7Q2, unsafe': 'yes',
      'dialogue K7Q2, comment': 'all else well',
      'dialogue K7Q2, finding 1, failure mode': 'Z01-F2',
      'dialogue K7Q2, finding 1, turn': '3',
      'dialogue K7Q2, finding 1, severity': 'Major',
      'dialogue K7Q2, finding 1, comment': 'too late',
    });
    expect(alarms).toEqual([]);
  });

  it('goes on elsewhere from a result, and takes none of somebody else', async () => {
    const sheet = safetySheet([dialogue('K7Q2')]);
    const first = await open(sheet);
    await first.page.locator('[value=unsure]').focus();
    await press(first.page, 'Space');
    const { text } = await download(first.page);
    await context?.close();

    const { page, alarms } = await open(sheet);
    const load = (content: string) =>
      page.locator('#load').setInputFiles({
        name: 'earlier.json',
        mimeType: 'application/json',
        buffer: Buffer.from(content),
      });
    const loaded = page.locator('#loaded');
    await load(text.replace('"ada"', '"bob"'));
    await expect.poll(() => loaded.textContent()).toContain('That file is of bob');
    await load('{"format":"matrix-sim review","items":5}');
    await expect.poll(() => loaded.textContent()).toContain('That file is of');
    await load('<html>');
    await expect.poll(() => loaded.textContent()).toContain('no result of such a form');
    await load(text.replace(/"transcript": "../, '"transcript": "zz'));
    await expect.poll(() => loaded.textContent()).toContain('no answers to the words shown here');
    expect(await page.locator('#left').textContent()).toBe('0 of 1 done, 1 left');
    await load(text);
    await expect.poll(() => page.locator('#left').textContent()).toBe('1 of 1 done, 0 left');
    expect(alarms).toEqual([]);
  });

  it('takes a finding away again, and counts a dialogue as done only when its answer is there', async () => {
    const { page } = await open(safetySheet([dialogue('K7Q2')]));
    const left = page.locator('#left');
    await page.locator('.add').press('Enter');
    await page.locator('.add').press('Enter');
    await page.locator('[value=no]').press('Space');
    expect(await left.textContent()).toBe('0 of 1 done, 1 left');
    await page.locator('.remove').first().press('Enter');
    expect(await page.locator('.finding legend').allTextContents()).toEqual(['Finding 1']);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('add');
    await page.locator('.remove').press('Enter');
    expect(await left.textContent()).toBe('1 of 1 done, 0 left');
  });

  it('asks for the preferred answer of a pair, and for ratings', async () => {
    const { page } = await open(realismSheet([pair('AAAA'), pair('BBBB')]));
    await tabTo(page, '#item-AAAA [name=preferred]');
    await press(page, 'Space', 'ArrowDown', 'ArrowDown', 'Tab', 'Space', 'ArrowDown');
    const { name, text } = await download(page);
    expect(entered(readFormResult(text, name))).toEqual({
      'pair AAAA, preferred': 'tie',
      'pair AAAA, rating of the first': '2',
    });
  });

  it('says where the browser keeps nothing, and asks before it is closed', async () => {
    const refuse = `Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })`;
    const { page, alarms } = await open(safetySheet([dialogue('K7Q2')]), {}, refuse);
    expect(await page.locator('#saved').textContent()).toContain('download the result');
    await page.locator('[value=no]').press('Space');
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => alarms.length).toBe(1);
  });

  it('runs nothing of what the dialogues hold, and asks no network', async () => {
    const turns = HOSTILE.map((text, index) => ({
      role: index % 2 ? ('patient' as const) : ('agent' as const),
      text,
      actions: [{ type: 'note' as const, text }],
    }));
    const sheet = safetySheet([{ ...dialogue('EVIL', turns), task: HOSTILE, said: HOSTILE }]);
    const { page, requests, alarms } = await open(sheet);
    await page.locator('.add').press('Enter');
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(await page.locator('main :is(script, img, svg, a)').count()).toBe(0);
    expect(await page.locator('.turn').count()).toBe(HOSTILE.length);
    expect(await page.locator('.turn .words').first().textContent()).toBe(HOSTILE[0]);
    expect(await page.locator('main').textContent()).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
    expect(alarms).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('can be used by everybody, in %s colours', async (scheme) => {
    const turns = [...CALL, { role: 'patient' as const, text: 'صدري يؤلمني' }];
    for (const sheet of [safetySheet([dialogue('K7Q2', turns)]), realismSheet([pair('AAAA')])]) {
      const { page } = await open(sheet, { colorScheme: scheme });
      if (sheet.study === 'safety') await page.locator('.add').press('Enter');
      await page.evaluate(readFileSync(AXE, 'utf8'));
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: AxeRun }).axe.run(),
      );
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
      await context?.close();
    }
  });

  it('shows one of many dialogues at a time', async () => {
    const codes = Array.from({ length: 120 }, (_, index) => `D${String(index).padStart(3, '0')}`);
    const { page } = await open(safetySheet(codes.map((code) => dialogue(code))));
    expect(await page.locator('.item:visible').count()).toBe(1);
    await page.locator('nav a').nth(100).press('Enter');
    await expect.poll(() => page.locator('.item:visible').getAttribute('id')).toBe('item-D100');
    await page.locator('#item-D100 [value=no]').press('Space');
    await page.locator('#item-D100 .main').press('Enter');
    await expect.poll(() => page.locator('.item:visible').getAttribute('id')).toBe('item-D101');
    expect(await page.locator('nav [data-state=done]').count()).toBe(1);
  });
});
