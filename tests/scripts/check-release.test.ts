import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';

interface Clone {
  readonly changelog?: string;
  readonly lock?: string;
  /** What the built command line says of a recording: its status. */
  readonly status?: number;
}

/** A clone with one plan that seats a recorded juror, and a command line that prints what it is given. */
function check({ changelog = '## 1.2.0\n', lock = '1.2.0', status = 0 }: Clone = {}) {
  const clone = mkdtempSync(path.join(tmpdir(), 'clone-'));
  const write = (file: string, text: string) => writeFileSync(path.join(clone, file), text);
  for (const folder of ['plans', 'dist/cli']) {
    mkdirSync(path.join(clone, folder), { recursive: true });
  }
  cpSync('scripts/check-release.mjs', path.join(clone, 'scripts/check-release.mjs'));
  symlinkSync(path.resolve('node_modules'), path.join(clone, 'node_modules'));
  write('package.json', '{"type":"module","version":"1.2.0"}');
  write('package-lock.json', JSON.stringify({ version: lock }));
  write('CHANGELOG.md', `# Changelog\n\n${changelog}`);
  write('plans/plain.yaml', 'judges: [deterministic]\n');
  write('plans/tour.yaml', "judges: [deterministic, 'recorded:../datasets/recorded/tour']\n");
  write(
    'dist/cli/main.js',
    `console.log(process.argv.slice(2).join(' ')); process.exit(${status})`,
  );
  return spawnSync('node', ['scripts/check-release.mjs'], { cwd: clone, encoding: 'utf8' });
}

it('is content where versions agree and recordings are whole', () => {
  const { status, stdout } = check();
  expect(stdout).toContain('recorded check datasets/recorded/tour --plan plans/tour.yaml');
  expect(stdout).not.toContain('not ok');
  expect(status).toBe(0);
});

it.each([
  ['a changelog that has no such version yet', { changelog: '## Unreleased\n' }, 'CHANGELOG.md'],
  ['a lock file of another version', { lock: '1.1.0' }, 'package-lock.json'],
  ['a recording that lacks something', { status: 4 }, 'datasets/recorded/tour'],
])('fails on %s', (_, clone, named) => {
  const { status, stdout } = check(clone);
  expect(status).toBe(1);
  expect(stdout.split('\n').filter((line) => line.startsWith('not ok'))).toEqual([
    expect.stringContaining(named),
  ]);
});
