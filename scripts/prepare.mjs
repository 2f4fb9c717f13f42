// Builds after `npm ci`. Where development dependencies were left out there is no compiler.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

try {
  createRequire(import.meta.url).resolve('typescript');
} catch {
  console.error(
    'matrix-sim: a clone is built by npm ci with development dependencies.\n' +
      'For production install the packed tarball: npm pack, then npm install matrix-sim-*.tgz',
  );
  process.exit(1);
}
process.exit(
  spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit', shell: true }).status ?? 1,
);
