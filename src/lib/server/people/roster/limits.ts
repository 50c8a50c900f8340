import type { TableLimits } from '../../platform/tables/limits.ts';

/** What a roster file may hold. A province's whole roster stays well below; what exceeds it is refused with a sentence. */
export const limits = {
	rows: 50_000,
	columns: 100,
	/** Characters of one cell. */
	cell: 1_000,
	/** Parts of a workbook. */
	parts: 2_000,
	/** Bytes of a workbook once unpacked. */
	unpacked: 128 * 2 ** 20,
	/** Texts that cells share. */
	strings: 2_000_000,
	/** How many times larger than packed; real workbooks stay below 50. */
	ratio: 200
} as const satisfies TableLimits & { rows: number };
