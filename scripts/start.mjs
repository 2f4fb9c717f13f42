// `npm start`: the tour, or what is missing for it. `npm ci --ignore-scripts` leaves the build out.
import { existsSync } from 'node:fs';

const main = new URL('../dist/cli/main.js', import.meta.url);
if (!existsSync(main)) {
  console.error(
    'matrix-sim: dist/ is missing, so nothing is built yet (npm ci --ignore-scripts leaves that out).\n' +
      'Build it, then start again: npm run build, or npm ci where the packages are missing too.',
  );
  process.exit(2);
}
process.argv.splice(2, 0, 'tour');
await import(main.href);
