import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { matrixSim, newFolder, runMatrixSim } from './matrix-sim.js';

/** Recolours, turns round, titles the window and hides, and would pose as a turn of the patient. */
const HOSTILE = String.raw`a\u001b[31m\u202e\u009b1A\u001b]0;t\u0007\u200b\n   4  patient  b`;
const UNSAFE = /[^\P{C}\n]/u;

function folderWithBot() {
  const folder = newFolder();
  writeFileSync(
    path.join(folder, 'bot.mjs'),
    `console.error("${HOSTILE}"); export default (turns) => ({ text: "${HOSTILE}", end: turns.length > 2 });`,
  );
  return folder;
}

describe('words of an agent', () => {
  it('reach no terminal as they are: agents check', async () => {
    const { stdout, stderr } = await matrixSim(
      folderWithBot(),
      'agents',
      'check',
      'module:bot.mjs',
    );
    expect(stdout).toContain(String.raw`a\u001b[31m\u202e\u009b1A\u001b]0;t\u0007\u200b`);
    expect(stdout).not.toMatch(/^ {3}4 {2}patient {2}b/m);
    expect(stdout + stderr).not.toMatch(UNSAFE);
    expect(stderr).toContain(String.raw`a\u001b[31m`);
  });

  it('reach no terminal as they are: chat, and show of what was stored', async () => {
    const folder = folderWithBot();
    const args = ['chat', '--scenario', 'H01-D03', '--agent', 'module:bot.mjs', '--run-id', 'r'];
    const { stdout } = await runMatrixSim(folder, {}, ...args);
    const shown = await matrixSim(folder, 'show', 'r/H01-D03/bot/1');
    const asJson = await matrixSim(folder, 'show', 'r/H01-D03/bot/1', '--json');
    for (const text of [stdout, shown.stdout, asJson.stdout]) {
      expect(text).toContain(String.raw`\u202e`);
      expect(text).not.toMatch(UNSAFE);
    }
    expect(JSON.stringify(asJson.json())).toContain('\u202E');
  });
});

describe('the nonce of a judging', () => {
  it('stands in the store, and in nothing that is printed', async () => {
    const folder = newFolder();
    const run = ['run', '--scenario', 'H01-D01', '--agent', 'offline:careful', '--run-id', 'r'];
    const printed = [
      await matrixSim(folder, ...run, '--json'),
      await matrixSim(folder, 'report', 'r', '--json'),
      await matrixSim(folder, 'show', 'r/H01-D01/careful/1', '--json'),
      await matrixSim(folder, 'judge', 'run', 'r', '--json'),
      await matrixSim(folder, 'runs', '--json'),
    ];
    const store = openSqliteStore(path.join(folder, '.matrix/store.db'));
    const [judging] = await store.judgings('r');
    await store.close();
    expect(judging?.nonce).toMatch(/^\S{16,}$/);
    for (const { status, stdout } of printed) {
      expect(status).toBe(0);
      expect(stdout).not.toContain(judging?.nonce);
    }
    expect(printed[1]?.json()).toHaveProperty('judging.id', judging?.id);
  });
});
