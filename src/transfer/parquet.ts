import { fileWriter, parquetWriteRows } from 'hyparquet-writer';
import type { Column, TableRow } from './tables.js';

/** Rows in memory at a time. */
const ROW_GROUP = 20_000;

/** Writes rows as a Parquet file with Snappy compression. */
export async function writeParquet(
  path: string,
  columns: readonly Column[],
  batches: AsyncIterable<readonly TableRow[]>,
): Promise<void> {
  await parquetWriteRows({
    writer: fileWriter(path),
    rows: flattened(batches),
    columns: columns.map((column) => ({ nullable: false, ...column })),
    rowGroupSize: ROW_GROUP,
  });
}

async function* flattened(batches: AsyncIterable<readonly TableRow[]>): AsyncGenerator<TableRow> {
  for await (const rows of batches) yield* rows;
}
