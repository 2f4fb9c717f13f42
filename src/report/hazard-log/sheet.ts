export type SheetCell = string | number;

/** A table of the log: what every form of it is written from. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly { readonly title: string; readonly width: number }[];
  readonly rows: readonly (readonly SheetCell[])[];
}

/** A column with what it says of each item. */
export interface SheetColumn<T> {
  readonly title: string;
  /** In characters. */
  readonly width: number;
  readonly cell: (item: T) => SheetCell;
}

export function sheetOf<T>(
  name: string,
  columns: readonly SheetColumn<T>[],
  items: readonly T[],
): Sheet {
  return {
    name,
    columns: columns.map(({ title, width }) => ({ title, width })),
    rows: items.map((item) => columns.map(({ cell }) => cell(item))),
  };
}
