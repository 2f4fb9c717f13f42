import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser } from 'playwright-core';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser that MATRIX_SIM_CHROMIUM names, or one at a usual place; undefined where there is none. */
export const browserPath = [process.env.MATRIX_SIM_CHROMIUM ?? '', ...USUAL].find(existsSync);

if (browserPath === undefined) {
  console.warn(
    'No Chromium here: tests in a browser are skipped. Install one (apt-get install chromium), or name it in MATRIX_SIM_CHROMIUM.',
  );
}

/** A browser without a window. @throws Error where there is none: see {@link browserPath} */
export function openBrowser(): Promise<Browser> {
  if (browserPath === undefined) throw new Error('no Chromium to open');
  // Chromium refuses its sandbox to root, as whom containers run.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: browserPath, args });
}

/** The script of axe-core, which is put into a page to look for barriers. */
export const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
