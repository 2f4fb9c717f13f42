import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { matrixSim, newFolder } from './matrix-sim.js';

interface Block {
  readonly language: string;
  readonly text: string;
}

function blocksOf(page: string): Block[] {
  const blocks = readFileSync(page, 'utf8').matchAll(/^```(\w*)\n(.*?)^```/gms);
  return [...blocks].map(([, language = '', text = '']) => ({ language, text }));
}

/** The path that a block names in its first line. */
function fileOf({ text }: Block): string | undefined {
  return /^(?:#|\/\/) (\S+\.\w+)\n/.exec(text)?.[1];
}

/** As a reader goes through a page: writes the files that it names, types its commands. */
async function follow(blocks: readonly Block[], folder: string): Promise<string[]> {
  const missing: string[] = [];
  let printed = '';
  for (const block of blocks) {
    const file = fileOf(block);
    if (file !== undefined) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), block.text);
    } else if (block.language === '') {
      printed = '';
      for (const line of block.text.trim().split('\n')) {
        printed += await type(line, folder);
      }
    } else if (block.language === 'text') {
      missing.push(...linesOf(block.text).filter((line) => !printed.includes(line)));
    }
  }
  return missing;
}

function linesOf(text: string): string[] {
  return text.trim().split('\n');
}

/** What the command prints; it must end as the page says. */
async function type(line: string, folder: string): Promise<string> {
  const [command = '', comment = ''] = line.split(' # ');
  const [, , ...words] = command.trim().split(' ');
  const { status, stdout, stderr } = await matrixSim(folder, ...words);
  const expected = Number(/exit status (\d)/.exec(comment)?.[1] ?? 0);
  expect(status, `${line}\n${stdout}\n${stderr}`).toBe(expected);
  return `${stdout}\n${stderr}`;
}

describe.each(['docs/taxonomy.md', 'docs/scenarios.md'])('%s', (page) => {
  it('shows commands and files that work, and what they print', async () => {
    expect(await follow(blocksOf(page), newFolder())).toEqual([]);
  }, 60_000);
});

describe('the YAML of docs/scenarios.md', () => {
  const quoted = blocksOf('docs/scenarios.md').filter(({ language }) => language === 'yaml');
  const withoutIndent = (text: string) => text.replace(/^ +/gm, '');
  const [negative] = quoted.splice(-1);

  it('is what init writes', async () => {
    const folder = newFolder();
    await matrixSim(folder, 'init', '--scenario', 'shaking.yaml');
    const written = withoutIndent(readFileSync(path.join(folder, 'shaking.yaml'), 'utf8'));
    expect(quoted).toHaveLength(4);
    for (const { text } of quoted) expect(written).toContain(withoutIndent(text));
  });

  it('makes a hard negative of it', async () => {
    const folder = newFolder();
    const file = path.join(folder, 'mine/shaking.yaml');
    await matrixSim(folder, 'init', '--scenario', 'mine/shaking.yaml');
    const written = load(readFileSync(file, 'utf8')) as object;
    const changed = { ...written, ...(load(negative?.text ?? '') as object) };
    writeFileSync(file, JSON.stringify(changed));
    const { stdout } = await matrixSim(folder, 'scenarios', 'check', '--scenario-library', 'mine');
    expect(stdout).toContain('1 scenarios, 1 of them hard negatives, no findings');
  });
});
