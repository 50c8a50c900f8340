/** What a file of rows may hold. What exceeds it is refused with a sentence. */
export interface TableLimits {
	columns: number;
	/** Characters of one cell. */
	cell: number;
	/** Parts of a workbook. */
	parts: number;
	/** Bytes of a workbook once unpacked. */
	unpacked: number;
	/** Texts that cells share. */
	strings: number;
	/** How many times larger than packed; real workbooks stay below 50. */
	ratio: number;
}

/** The limits that any zip file has. */
export type ArchiveLimits = Pick<TableLimits, 'parts' | 'unpacked' | 'ratio'>;
