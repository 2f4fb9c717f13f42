// Packs the package, installs it into an empty folder and runs it there, as a user in production would.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const npm = (args, options = {}) => execFileSync('npm', args, { encoding: 'utf8', ...options });
const folder = mkdtempSync(path.join(tmpdir(), 'matrix-sim-package-'));
npm(['run', '--silent', 'prepack']);
// Scripts of its life are left out: they would print into the JSON, and it is built already.
const packing = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
const [packed] = JSON.parse(npm(packing));
npm(['run', '--silent', 'postpack']);
npm(['install', '--no-audit', '--no-fund', '--prefix', folder, path.join(folder, packed.filename)]);

const bin = path.join(folder, 'node_modules/.bin/matrix-sim');
const run = (...args) => spawnSync(bin, args, { cwd: folder, encoding: 'utf8' });
const expect = (holds, what, { stdout, stderr }) => {
  if (holds) return console.log(`ok  ${what}`);
  console.error(`not ok  ${what}\n${stdout}${stderr}`);
  process.exit(1);
};

const tour = run('tour');
expect(tour.status === 0 && tour.stdout.includes('careful · no failure'), 'the tour', tour);
const held = run('run', '--hazard', 'H01', '--run-id', 'r');
expect(held.status === 0 && held.stdout.includes('39 of 39'), 'a run in an empty folder', held);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const asked = run('--version');
expect(asked.stdout.trim() === version, 'its version', asked);
const checked = run('scenarios', 'check');
expect(checked.status === 0, 'its data files', checked);
// npm 11 heeds it where the package comes from a registry, not from a file as here.
const shipped = path.join(folder, 'node_modules/matrix-sim/npm-shrinkwrap.json');
const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
const [kept, locked] = [packagesOf(shipped), packagesOf('package-lock.json')];
const names = Object.keys(locked['']?.dependencies ?? {}).map((name) => `node_modules/${name}`);
const others = names.filter((name) => kept[name]?.integrity !== locked[name]?.integrity);
const told = { stdout: others.join(), stderr: '' };
expect(names.length > 0 && others.length === 0, 'the lock of its dependencies', told);
console.log(
  `${packed.filename}: ${packed.entryCount} files, ${(packed.size / 1e6).toFixed(1)} MB packed`,
);
