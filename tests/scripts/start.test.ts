import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';

/** A clone that holds nothing but the script, and what `npm ci` had built where it is given. */
function start(built?: string) {
  const clone = mkdtempSync(path.join(tmpdir(), 'clone-'));
  cpSync('scripts/start.mjs', path.join(clone, 'scripts/start.mjs'));
  if (built !== undefined) {
    mkdirSync(path.join(clone, 'dist/cli'), { recursive: true });
    writeFileSync(path.join(clone, 'dist/cli/main.js'), built);
    writeFileSync(path.join(clone, 'package.json'), '{"type":"module"}');
  }
  return spawnSync('node', ['scripts/start.mjs', '--dry-run'], { cwd: clone, encoding: 'utf8' });
}

it('says what is missing where nothing is built, with the mend and no trace', () => {
  const { status, stderr } = start();
  expect(status).toBe(2);
  expect(stderr).toMatch(/^matrix-sim: dist\/ is missing.*\nBuild it.*npm run build/);
  expect(stderr).not.toMatch(/\bat /);
});

it('begins the tour with what it is given', () => {
  const { status, stdout } = start('console.log(process.argv.slice(2).join(" "))');
  expect(stdout.trim()).toBe('tour --dry-run');
  expect(status).toBe(0);
});

it('is what npm start runs', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: Record<string, string>;
  };
  expect(scripts.start).toBe('node scripts/start.mjs');
});
