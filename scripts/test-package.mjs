// Packs the package, installs it into an empty folder and runs it there, as a user in production would.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const npm = (args, options = {}) => execFileSync('npm', args, { encoding: 'utf8', ...options });
const folder = mkdtempSync(path.join(tmpdir(), 'matrix-sim-package-'));
const [packed] = JSON.parse(
  npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder]),
);
npm(['install', '--no-audit', '--no-fund', '--prefix', folder, path.join(folder, packed.filename)]);

const bin = path.join(folder, 'node_modules/.bin/matrix-sim');
const run = (...args) => spawnSync(bin, args, { cwd: folder, encoding: 'utf8' });
const expect = (holds, what, { stdout, stderr }) => {
  if (holds) return console.log(`ok  ${what}`);
  console.error(`not ok  ${what}\n${stdout}${stderr}`);
  process.exit(1);
};

const held = run('run', '--hazard', 'H01', '--run-id', 'r');
expect(held.status === 0 && held.stdout.includes('39 of 39'), 'a run in an empty folder', held);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const asked = run('--version');
expect(asked.stdout.trim() === version, 'its version', asked);
const checked = run('scenarios', 'check');
expect(checked.status === 0, 'its data files', checked);
console.log(
  `${packed.filename}: ${packed.entryCount} files, ${(packed.size / 1e6).toFixed(1)} MB packed`,
);
