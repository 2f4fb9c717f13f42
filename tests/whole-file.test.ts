import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MatrixError } from '../src/errors.js';
import { fillWhole, writeWhole } from '../src/whole-file.js';

const newFolder = () => mkdtempSync(path.join(tmpdir(), 'whole-'));

describe('a file that is written whole', () => {
  it('replaces what was there, also behind a link', () => {
    const folder = newFolder();
    const [file, link] = [path.join(folder, 'file'), path.join(folder, 'link')];
    writeFileSync(file, 'before');
    symlinkSync(file, link);
    writeWhole(link, 'after');
    expect(readFileSync(file, 'utf8')).toBe('after');
    expect(readdirSync(folder)).toEqual(['file', 'link']);
  });

  it('leaves what was there, and nothing else, where writing fails midway', async () => {
    const folder = newFolder();
    const file = path.join(folder, 'file');
    writeFileSync(file, 'before');
    const failing = fillWhole(file, (part) => {
      writeFileSync(part, 'half');
      return Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
    });
    await expect(failing).rejects.toThrow(/file: cannot be written \(ENOSPC\)/);
    expect(readFileSync(file, 'utf8')).toBe('before');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('says where nothing can be written', () => {
    expect(() => writeWhole('/proc/no/file', 'text')).toThrow(MatrixError);
  });

  it('goes straight to what is no file', () => {
    writeWhole('/dev/null', 'text');
    expect(() => writeWhole('/dev/full', 'text')).toThrow(/ENOSPC/);
  });
});
