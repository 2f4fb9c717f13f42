// Takes the pictures of the documentation from a real offline run, with the Chromium that
// MATRIX_SIM_CHROMIUM names, else Debian's. Build first: npm run build
import { mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { runPlan } from '../dist/runs/run-plan.js';
import { openSqliteStore } from '../dist/store/sqlite/sqlite-store.js';
import { openViewer } from '../dist/web/viewer/open-viewer.js';
import { contentReader } from '../dist/web/viewer/viewed.js';

const MOST_BYTES = 150_000;
const images = path.resolve(import.meta.dirname, '../docs/images');
const folder = mkdtempSync(path.join(tmpdir(), 'matrix-sim-pictures-'));
mkdirSync(images, { recursive: true });

const store = openSqliteStore(path.join(folder, 'store.db'));
const agents = ['careful=offline:careful', 'rushed=offline:rushed', 'late=offline:late'];
const hazards = ['H01', 'H04', 'H08'];
const clock = () => new Date('2026-11-24T09:00:00Z');
await runPlan({ agents, hazards }, { store, id: 'r-2026-11-24-1', clock });

const keys = { token: 'token', form: 'form' };
const viewed = { store, clock, contentOf: contentReader({}) };
const viewer = await openViewer({ ...viewed, keys, lookEvery: 1000 }, 0);
const { origin } = new URL(viewer.addressOf('/'));
const run = `${origin}/runs/r-2026-11-24-1`;
const dialogue = `${run}/dialogues/H01-D01/late/1`;

/** By their names: what is taken of which address, in pixels from its top. */
const PICTURES = {
  'viewer-run': { url: `${run}?outcome=fail`, height: 900 },
  'viewer-dialogue': { url: dialogue, height: 730 },
  'viewer-beside': { url: `${dialogue}?beside=careful`, height: 760 },
};

const executablePath = process.env.MATRIX_SIM_CHROMIUM ?? '/usr/bin/chromium';
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({ executablePath, args });
const page = await browser.newPage();
await page.goto(viewer.addressOf('/'));
for (const [name, { url, height }] of Object.entries(PICTURES)) {
  await page.setViewportSize({ width: 1080, height });
  await page.goto(url);
  const file = path.join(images, `${name}.png`);
  await page.screenshot({ path: file });
  const { size } = statSync(file);
  console.log(`${name}.png ${Math.round(size / 1000)} kB`);
  if (size > MOST_BYTES) process.exitCode = 1;
}
await browser.close();
await viewer.close();
await store.close();
