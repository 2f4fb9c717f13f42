/** A file within a zip archive, as the archive's directory lists it. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  /** As it stands in the archive. */
  readonly data: Buffer;
  /** Offset of its record in the directory, and of its header before the data. */
  readonly record: number;
  readonly header: number;
}

const END = Buffer.from('PK\u0005\u0006', 'latin1');
const RECORD = 0x02014b50;

/**
 * The entries of a zip archive (APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16), without zip64.
 * @throws RangeError where it is none
 */
export function zipEntries(bytes: Buffer): ZipEntry[] {
  const end = bytes.lastIndexOf(END);
  if (end < 0) throw new RangeError('no directory of a zip archive');
  let record = bytes.readUInt32LE(end + 16);
  return Array.from({ length: bytes.readUInt16LE(end + 10) }, () => {
    const entry = entryAt(bytes, record);
    record += 46 + lengthsAt(bytes, record + 28, 3);
    return entry;
  });
}

/** The archive with every file dated 1 January 1980, so that it tells no clock. */
export function withoutTimes(bytes: Buffer): Buffer {
  const DATE = 0x00210000;
  for (const { record, header } of zipEntries(bytes)) {
    bytes.writeUInt32LE(DATE, record + 12);
    bytes.writeUInt32LE(DATE, header + 10);
  }
  return bytes;
}

function entryAt(bytes: Buffer, record: number): ZipEntry {
  if (bytes.readUInt32LE(record) !== RECORD) throw new RangeError('a broken zip archive');
  const header = bytes.readUInt32LE(record + 42);
  const start = header + 30 + lengthsAt(bytes, header + 26, 2);
  const end = start + bytes.readUInt32LE(record + 20);
  if (end > bytes.length) throw new RangeError('a zip archive that ends early');
  return {
    name: bytes.toString('utf8', record + 46, record + 46 + bytes.readUInt16LE(record + 28)),
    method: bytes.readUInt16LE(record + 10),
    data: bytes.subarray(start, end),
    record,
    header,
  };
}

/** Sum of lengths that stand one after the other, 16 bits each. */
function lengthsAt(bytes: Buffer, offset: number, count: number): number {
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += bytes.readUInt16LE(offset + 2 * index);
  return sum;
}
