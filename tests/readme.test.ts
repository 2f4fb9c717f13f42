import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const layout = /^## Layout\n(.*?)(?=^## |$(?![^]))/ms.exec(readme)?.[1] ?? '';

/** What stands between backticks and names a file or folder. */
function pathsIn(text: string): string[] {
  const named = [...text.matchAll(/`([^`\s]+)`/g)].map(([, name = '']) => name);
  return named.filter((name) => /^[\w./-]+$/.test(name) && !name.startsWith('--'));
}

/** From the root or from `src`; `NN` stands for any two digits. */
function isThere(name: string): boolean {
  return [root, path.join(root, 'src')].some((from) => {
    const folder = path.join(from, path.dirname(name));
    if (!name.includes('NN')) return existsSync(path.join(from, name));
    const pattern = new RegExp(`^${path.basename(name).replaceAll('NN', String.raw`\d\d`)}$`);
    return existsSync(folder) && readdirSync(folder).some((file) => pattern.test(file));
  });
}

describe('README', () => {
  it('names in its Layout what is there', () => {
    const named = pathsIn(layout);
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((name) => !isThere(name))).toEqual([]);
  });

  it('has every folder of src in its Layout', () => {
    const folders = readdirSync(path.join(root, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const named = pathsIn(layout).map((name) => name.replace(/^src\//, '').split('/')[0]);
    expect(folders.filter((folder) => !named.includes(folder))).toEqual([]);
  });
});

describe('links', () => {
  const docs = readdirSync(path.join(root, 'docs')).filter((file) => file.endsWith('.md'));
  const pages = ['README.md', 'CHANGELOG.md', ...docs.map((file) => `docs/${file}`)];

  it.each(pages)('of %s lead to files that are there', (page) => {
    const text = readFileSync(path.join(root, page), 'utf8');
    const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target);
    const local = targets.filter((target) => !/^[a-z]+:/.test(target));
    const folder = path.join(root, path.dirname(page));
    expect(local.filter((target) => !existsSync(path.join(folder, target)))).toEqual([]);
  });
});
