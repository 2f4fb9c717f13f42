import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { matrixSim, newFolder } from './matrix-sim.js';

/** What comes after is about runs of another size. */
const [page = ''] = readFileSync('docs/replay.md', 'utf8').split('## Keep a hash');
const blocks = [...page.matchAll(/^```\n(.*?)^```$/gms)].map(([, text = '']) => text);
const lines = blocks.flatMap((text) => text.split('\n')).filter(Boolean);

/** A line that writes one file from one text in quotes, as a shell would. */
function write(folder: string, line: string): void {
  const [, text, file] = /^printf '%s\\n' '([^']*)' > (\S+)$/.exec(line) ?? [];
  if (text === undefined || file === undefined) throw new Error(`no command: ${line}`);
  writeFileSync(path.join(folder, file), `${text}\n`);
}

it('docs/replay.md can be followed line by line to where hashes begin, and prints what it shows', async () => {
  const folder = newFolder();
  const printed: string[] = [];
  let commands = 0;
  for (const line of lines) {
    if (line.startsWith('npx matrix-sim ')) {
      const args = line.slice('npx matrix-sim '.length).split(' ');
      const { status, stdout, stderr } = await matrixSim(folder, ...args);
      expect([line, status, stderr]).toEqual([line, 0, expect.any(String)]);
      printed.push(...stdout.split('\n'));
      commands += 1;
    } else if (line.startsWith('printf ')) write(folder, line);
    else expect(printed).toContain(line);
  }
  expect(commands).toBe(11);
});
