// For the packed package alone: the versions of its dependencies decide bytes, so they are packed with it.
// `write` makes npm-shrinkwrap.json of the lock without what only development needs, `remove` takes it away.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const FILE = 'npm-shrinkwrap.json';

if (process.argv[2] === 'write') {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const kept = Object.entries(lock.packages).filter(([, { dev }]) => !dev);
  const packages = Object.fromEntries(kept);
  delete packages[''].devDependencies;
  writeFileSync(FILE, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
} else {
  rmSync(FILE, { force: true });
}
