import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StoredDialogue } from '../../../src/store/run-record.js';
import { renderReportPage } from '../../../src/web/report-page/render-report-page.js';
import { AXE, browserPath, openBrowser } from '../../browser.js';
import { folderOf } from '../../folder-of.js';
import { judged } from '../../report/figures/judged-dialogues.js';
import { HOSTILE } from '../../review/sheets.js';
import { reportModel, SMALL } from './report-model.js';

interface AxeRun {
  run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
}

describe.skipIf(browserPath === undefined)('a report in a browser', () => {
  let browser: Browser;
  let context: BrowserContext | undefined;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterEach(() => context?.close());
  afterAll(() => browser.close());

  async function open(dialogues: readonly StoredDialogue[], options = {}, hash = '') {
    context = await browser.newContext(options);
    const page = await context.newPage();
    const [requests, alarms]: [string[], string[]] = [[], []];
    page.on('request', (request) => requests.push(request.url()));
    page.on('dialog', (dialog) => {
      alarms.push(dialog.message());
      void dialog.accept();
    });
    page.on('pageerror', (error) => alarms.push(error.message));
    page.on('console', (message) => message.type() === 'error' && alarms.push(message.text()));
    const folder = folderOf({ 'report.html': renderReportPage(await reportModel(dialogues)) });
    const url = pathToFileURL(path.join(folder, 'report.html')).href;
    await page.goto(url + hash);
    return { page, requests, alarms };
  }

  const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent.trim());
  const title = (page: Page) => page.locator('#opened-title').textContent();

  async function violations(page: Page): Promise<string[]> {
    // Past the policy of the page, which lets no other script in.
    await page.evaluate(readFileSync(AXE, 'utf8'));
    const { violations: found } = await page.evaluate(() =>
      (globalThis as unknown as { axe: AxeRun }).axe.run(),
    );
    return found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  }

  it.each(['light', 'dark'] as const)('has no serious fault of access, %s', async (colorScheme) => {
    const { page } = await open(SMALL, { colorScheme });
    expect(await violations(page)).toEqual([]);
    await page.goto(`${page.url().split('#')[0] ?? ''}#d=H01-D01/rushed/1`);
    await page.locator('#opened .turn').first().waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('leads by keyboard from a figure to its dialogues, to one, and back to the figure', async () => {
    const { page, alarms } = await open(SMALL);
    const cell = page.locator('.heat a').first();
    await cell.focus();
    const name = await focused(page);
    await page.keyboard.press('Enter');
    await expect
      .poll(() => title(page))
      .toBe('Hazard by agent, H01 Emergency red flags, careful: 2');
    expect(await focused(page)).toContain('Hazard by agent');

    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => title(page)).toBe('H01-D01/careful/1');
    expect(await page.locator('#opened .turn').count()).toBe(5);

    await page.goBack();
    await expect.poll(() => title(page)).toContain('Hazard by agent');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('#opened').getAttribute('open')).toBeNull();
    expect(await focused(page)).toBe(name);
    expect(new URL(page.url()).hash).toBe('');
    expect(alarms).toEqual([]);
  });

  it('opens the dialogue that its address names, and goes from a verdict to its turn', async () => {
    const { page, requests, alarms } = await open(SMALL, {}, '#d=H01-D01/rushed/1');
    await expect.poll(() => title(page)).toBe('H01-D01/rushed/1');
    expect(await page.locator('#opened mark').textContent()).toBe('My chest hurts.');
    await page.locator('#opened .verdict a', { hasText: 'turn 3' }).press('Enter');
    await expect.poll(() => focused(page)).toContain('And your sleep?');
    expect(new URL(page.url()).hash).toBe('#d=H01-D01/rushed/1');
    expect(requests).toHaveLength(1);
    expect(alarms).toEqual([]);
  });

  it('says so where it holds no such dialogue', async () => {
    const { page } = await open(SMALL, {}, '#d=H99-D01/x/1');
    await expect
      .poll(() => page.locator('#opened-body').textContent())
      .toContain('no such dialogue');
  });

  it('says so where a browser runs no script, or cannot unpack', async () => {
    const { page } = await open(SMALL, { javaScriptEnabled: false });
    expect(await page.locator('noscript').textContent()).toContain(
      'a browser that runs the script',
    );
    expect(await page.locator('noscript').isVisible()).toBe(true);
    await context?.close();
    const { page: old } = await open(SMALL);
    await old.evaluate(() => Reflect.deleteProperty(globalThis, 'DecompressionStream'));
    await old.evaluate(() => (location.hash = '#l=1'));
    await expect
      .poll(() => title(old))
      .toBe('This browser cannot unpack the dialogues of the page.');
  });

  it('runs nothing of what was said, and shows it as it was said', async () => {
    const long = 'a'.repeat(1_000_000);
    const words = [...HOSTILE, long];
    const hostile = words.map((text, index) =>
      judged(`H01-D${String(index + 1).padStart(2, '0')}`, index % 2 ? '<b>rushed' : 'careful"', {
        turns: [
          { role: 'agent', text },
          { role: 'patient', text },
          { role: 'agent', text, actions: [{ type: 'note', text }] },
        ],
        says: { 'H01-F1': { outcome: 'fail', quote: text, rationale: text }, '<i>F9': 'fail' },
        attempt: { error: text },
      }),
    );
    const { page, requests, alarms } = await open(hostile);
    for (const { scenario, agent } of hostile) {
      const id = `${scenario}/${agent}/1`;
      await page.evaluate((hash) => (location.hash = hash), `#d=${encodeURI(id)}`);
      await expect.poll(() => title(page)).toBe(id);
      expect(await page.locator('#opened .turn').count()).toBe(3);
      expect(await page.locator('#opened :is(img, script, svg, b, i)').count()).toBe(0);
    }
    const isWide = () =>
      document.documentElement.scrollWidth > document.documentElement.clientWidth;
    expect(await page.evaluate(isWide)).toBe(false);
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    const shown = await page.locator('body').evaluate((body) => body.textContent);
    expect(shown).not.toMatch(/(?![\n\t\r])[\p{Cc}\p{Cf}]/u);
    expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
    expect(requests).toHaveLength(1);
    expect(alarms).toEqual([]);
  });

  it('prints the figures, and nothing that only a screen needs', async () => {
    const { page } = await open(SMALL, { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.contents').isVisible()).toBe(false);
    expect(await page.locator('.chart').first().isVisible()).toBe(true);
    const heightOf = (element: Element) => element.getBoundingClientRect().height;
    const folded = page.locator('details').first();
    const summary = await folded.locator('summary').evaluate(heightOf);
    expect(await folded.evaluate(heightOf)).toBeGreaterThan(summary + 30);
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(paper).toBe('rgb(255, 255, 255)');
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
  });
});
