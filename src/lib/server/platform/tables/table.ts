/** A cell that holds a formula: what it would say is never worked out. */
export const formula = Symbol('formula');

/** A cell in which the spreadsheet itself shows an error, such as #N/A. */
export const broken = Symbol('broken');

export type Cell = string | typeof formula | typeof broken;

/** One row with anything in it; `row` is the number that the spreadsheet shows beside it. */
export type TableRow = { row: number; cells: Cell[] };

/** A file taken apart. `total` is what the file claims or a count of its lines: good for progress, not for trust. */
export type Table = { total: number | null; dates1904: boolean; rows: AsyncIterable<TableRow> };
