import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunStore } from '../../src/store/run-store.js';
import { openViewer, type OpenViewer } from '../../src/web/viewer/open-viewer.js';
import { AXE, browserPath, openBrowser } from '../browser.js';
import { attempt } from '../contracts/run-store.contract.js';
import { addHostileRun, viewedStore, viewerOptions } from './viewed-store.js';

const ONE = '/runs/r-1/dialogues/H01-D01/rushed/1';

interface AxeRun {
  run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
}

describe.skipIf(browserPath === undefined)('the viewer in a browser', () => {
  let store: RunStore;
  let viewer: OpenViewer;
  let browser: Browser;
  let context: BrowserContext | undefined;
  let origin: string;

  beforeAll(async () => {
    store = await viewedStore();
    await addHostileRun(store);
    viewer = await openViewer(viewerOptions(store), 0);
    origin = new URL(viewer.addressOf('/')).origin;
    browser = await openBrowser();
  }, 60_000);
  afterEach(() => context?.close());
  afterAll(async () => {
    await browser.close();
    await viewer.close();
    await store.close();
  });

  async function enter(options = {}): Promise<{ page: Page; alarms: string[] }> {
    context = await browser.newContext(options);
    const page = await context.newPage();
    const alarms: string[] = [];
    page.on('request', (request) => request.url().startsWith(origin) || alarms.push(request.url()));
    page.on('dialog', (dialog) => {
      alarms.push(dialog.message());
      void dialog.accept();
    });
    page.on('pageerror', (error) => alarms.push(error.message));
    page.on('console', (message) => message.type() === 'error' && alarms.push(message.text()));
    await page.goto(viewer.addressOf('/'));
    return { page, alarms };
  }

  /** Every page of a run, by its addresses. */
  async function addresses(page: Page, run: string): Promise<string[]> {
    await page.goto(`${origin}/runs/${run}`);
    const dialogue = await page
      .locator('tbody a[href*="/dialogues/"]')
      .first()
      .getAttribute('href');
    const numbers = await store.findDialogues(run, undefined, { standing: 'valid' }, { limit: 1 });
    const other = run === 'r-1' ? 'rushed' : 'b';
    return [
      ...['/', `/runs/${run}`, `/runs/${run}?outcome=fail`, `/runs/${run}/live`],
      ...[dialogue ?? '', `${dialogue ?? ''}?beside=${other}`, `/compare?a=${run}&b=${run}`],
      ...[`/runs/${run}/review`, `/runs/${run}/review/${numbers[0]?.number ?? 0}?by=osei`],
    ];
  }

  it.each(['light', 'dark'] as const)('can be used by everybody, in %s colours', async (scheme) => {
    const { page } = await enter({ colorScheme: scheme, bypassCSP: true });
    for (const address of await addresses(page, 'r-1')) {
      await page.goto(`${origin}${address}`);
      for (const folded of await page.locator('details').all()) {
        await folded.evaluate((details) => details.setAttribute('open', ''));
      }
      await page.evaluate(readFileSync(AXE, 'utf8'));
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: AxeRun }).axe.run(),
      );
      const found = violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
      expect([address, found]).toEqual([address, []]);
    }
  });

  it('runs and breaks nothing, whatever stands in a store', async () => {
    const { page, alarms } = await enter();
    for (const address of await addresses(page, 'r-evil')) {
      const response = await page.goto(`${origin}${address}`);
      expect([address, response?.status()]).toEqual([address, 200]);
      expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
      expect(await page.locator('main :is(script, img, svg, iframe)').count()).toBe(0);
      expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
      expect(await page.locator('#main').textContent()).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}]/u);
      expect(await page.locator('footer').count()).toBe(1);
    }
    expect(alarms).toEqual([]);
  });

  it('shows a turn of a megabyte without a page that scrolls sideways', async () => {
    const { page } = await enter();
    const [dialogue = ''] = (await addresses(page, 'r-evil')).slice(4);
    await page.goto(`${origin}${dialogue}`);
    const sizes = await page
      .locator('.words')
      .evaluateAll((all) => all.map((each) => each.textContent.length));
    expect(Math.max(...sizes)).toBe(2 ** 20);
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over).toBe(0);
  });

  it('steps to the next failure with one key, and over to the next dialogue', async () => {
    const { page } = await enter();
    const failed = await store.findDialogues('r-1', undefined, { outcome: 'fail' }, { limit: 9 });
    const [first] = failed;
    await page.goto(`${origin}/runs/r-1`);
    await page.keyboard.press('n');
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    expect(await focused()).toContain(`${first?.scenario ?? ''}/${first?.agent ?? ''}`);
    await page.keyboard.press('Enter');
    await page.waitForURL(/dialogues/);
    await page.keyboard.press('n');
    const turn = await page.evaluate(() => document.activeElement?.id ?? '');
    expect(turn).toMatch(/^turn-\d+$/);
    const marks = await page.locator('[data-fails]').count();
    for (let step = 0; step < marks; step += 1) await page.keyboard.press('n');
    const next = failed[1];
    if (next) await page.waitForURL(new RegExp(`/${next.scenario}/${next.agent}/`));
    else expect(page.url()).toContain(`/${first?.scenario ?? ''}/`);
    await page.locator('#one-key').uncheck();
    await page.keyboard.press('n');
    expect(await page.evaluate(() => document.activeElement?.id ?? '')).toBe('one-key');
  });

  it('labels in place, by a form', async () => {
    const { page, alarms } = await enter();
    await page.goto(`${origin}${ONE}`);
    await page.getByText('Label this dialogue').click();
    await page.getByLabel('Your name').fill('osei');
    await page.getByLabel('yes', { exact: true }).check();
    await page.getByLabel('Failure mode').first().selectOption('H01-F3');
    await page.getByLabel('Turn of the agent').first().selectOption('5');
    await page.getByRole('button', { name: 'Keep the label' }).click();
    await page.getByText('H01-F3 in turn 5').waitFor();
    expect((await store.labels('r-1')).map(({ label }) => label.author)).toEqual(['osei']);
    expect(alarms).toEqual([]);
  });

  it('follows a run in progress, and asks it to stop', async () => {
    const run = await store.run('r-1');
    if (!run) throw new Error('no run');
    await store.createRun({ ...run, id: 'r-live', planned: 2 });
    const lock = await store.lock('r-live');
    const { page, alarms } = await enter();
    await page.goto(`${origin}/runs/r-live/live`);
    await expect.poll(() => page.locator('#state').textContent()).toContain('0 of 2');
    const [judging] = await store.judgings('r-1');
    const failed = (
      await store.findDialogues('r-1', undefined, { outcome: 'fail' }, { limit: 1 })
    )[0];
    const judgement = failed && (await store.dialogue('r-1', failed))?.judgement;
    if (!judging || !failed || !judgement) throw new Error('nothing failed');
    await store.saveJudging('r-live', judging);
    await store.beginDialogue('r-live', failed);
    const judged = { judging: judging.id, judgement };
    await store.saveAttempt('r-live', failed, attempt('a'), judged);
    await expect.poll(() => page.locator('#state').textContent()).toContain('1 of 2');
    await expect.poll(() => page.locator('#failures li').count()).toBe(1);
    await page.getByRole('button', { name: 'Stop the run' }).click();
    await expect.poll(() => page.locator('#state').textContent()).toContain('Stopping');
    expect(await store.isStopRequested('r-live')).toBe(true);
    await lock.release();
    await expect.poll(() => page.locator('#state').textContent()).toContain('Nobody works on it');
    expect(alarms).toEqual([]);
  });
});
