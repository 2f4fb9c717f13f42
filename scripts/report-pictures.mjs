// Pictures of the report's page for docs/report.md, from a run held offline. Needs a Chromium: see
// tests/browser.ts for where it is looked for.
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '..');
const folder = mkdtempSync(path.join(tmpdir(), 'matrix-sim-pictures-'));

function matrixSim(...args) {
  const main = path.join(root, 'dist/cli/main.js');
  const { status, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

const agents = ['careful', 'late', 'rushed'].flatMap((name) => ['--agent', `offline:${name}`]);
matrixSim('run', ...agents, '--run-id', 'r');
matrixSim('report', 'r', '--html', 'report.html');

const browser = await chromium.launch({
  executablePath: process.env.MATRIX_SIM_CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});

async function picture(name, { colorScheme = 'light', height = 740, hash = '' }) {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1200, height } });
  await page.goto(`${pathToFileURL(path.join(folder, 'report.html')).href}${hash}`);
  if (hash.startsWith('#d=')) await page.locator('#opened .turn').first().waitFor();
  await page.screenshot({ path: path.join(root, 'docs/images', `${name}.png`) });
  await page.close();
}

await picture('report-first-screen', {});
await picture('report-where', { hash: '#where' });
await picture('report-escalation', { hash: '#escalation', height: 620 });
await picture('report-dialogue', { hash: '#d=H01-D01/late/1', colorScheme: 'dark', height: 620 });
await browser.close();
