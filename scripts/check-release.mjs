// What a release needs and a commit does not: one version everywhere, and recordings that lack nothing
// and hold nothing that nobody asks. Each plan that seats a recorded juror is held again for that.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';

const problems = [];
const expect = (holds, what) => {
  console.log(`${holds ? 'ok' : 'not ok'}  ${what}`);
  if (!holds) problems.push(what);
};

const read = (file) => readFileSync(file, 'utf8');
const { version } = JSON.parse(read('package.json'));
const lock = JSON.parse(read('package-lock.json'));
expect(lock.version === version, `package-lock.json is of ${version}`);
const [, latest = ''] = /^## (\S+)/m.exec(read('CHANGELOG.md')) ?? [];
expect(latest === version, `CHANGELOG.md begins with ${version}, not ${latest}`);

const plans = readdirSync('plans').filter((file) => file.endsWith('.yaml'));
for (const plan of plans.map((file) => path.join('plans', file))) {
  const { judges = [] } = load(read(plan)) ?? {};
  for (const judge of judges.filter((spec) => spec.startsWith('recorded:'))) {
    const place = judge.slice('recorded:'.length);
    const packaged = path.join('datasets/recorded', place);
    const folder = existsSync(packaged) ? packaged : path.join('plans', place);
    const words = ['recorded', 'check', folder, '--plan', plan];
    const { status, stdout, stderr } = spawnSync('node', ['dist/cli/main.js', ...words], {
      encoding: 'utf8',
    });
    expect(status === 0, `${folder} is what ${plan} asks: ${(stdout + stderr).trim()}`);
  }
}
process.exit(problems.length === 0 ? 0 : 1);
