import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { assertBounded } from '../../../src/review/workbook/assert-bounded.js';

/** A zip archive of one deflated file. */
function archive(name: string, content: string | Buffer): Buffer {
  const data = deflateRawSync(content);
  const about = Buffer.alloc(26);
  about.writeUInt16LE(20, 0);
  about.writeUInt16LE(8, 4);
  about.writeUInt32LE(data.length, 14);
  // Says that it unpacks to one byte: what an archive says of itself is not believed.
  about.writeUInt32LE(1, 18);
  about.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), about, Buffer.from(name), data]);
  const directory = Buffer.concat([
    Buffer.from('PK\u0001\u0002\u0014\0'),
    about,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, directory, end]);
}

const SHEET = 'xl/worksheets/sheet1.xml';

describe('bounds of an archive', () => {
  it('let an ordinary sheet pass', () => {
    const names = '<definedName name="a">Labels!$A$1:$B$9</definedName>';
    expect(() =>
      assertBounded(archive(SHEET, `<row r="1"><c r="A1"/></row>${names}`)),
    ).not.toThrow();
  });

  it('refuse what unpacks to more than they allow, whatever the archive says of it', () => {
    const bomb = archive('a.bin', Buffer.alloc(1_001));
    expect(() => assertBounded(bomb, { bytes: 1_001, cells: 0 })).not.toThrow();
    expect(() => assertBounded(bomb, { bytes: 1_000, cells: 0 })).toThrow(RangeError);
  });

  it('refuse more cells than they allow', () => {
    const sheet = archive(SHEET, '<c/>'.repeat(11));
    expect(() => assertBounded(sheet, { bytes: 100, cells: 11 })).not.toThrow();
    expect(() => assertBounded(sheet, { bytes: 100, cells: 10 })).toThrow(/cells/);
  });

  it.each([
    '<row r="99999999"/>',
    '<c r="A123456789">',
    '<row r="&#57;9999999"/>',
    '<definedName name="a">Labels!$A$1:$XFD$1048576</definedName>',
  ])('refuse a place far beyond any sheet: %s', (xml) => {
    expect(() => assertBounded(archive(SHEET, xml))).toThrow(/cells/);
  });

  it('refuse what is no archive', () => {
    expect(() => assertBounded(Buffer.from('no'))).toThrow(RangeError);
    expect(() => assertBounded(archive(SHEET, '<c/>').subarray(20))).toThrow(RangeError);
  });
});
