import type { TableLimits } from '#lib/server/platform/tables/limits.ts';

/** What a file of questions may hold; far more than anybody reviews at once. */
export const limits = {
	/** Bytes of a file, packed. */
	bytes: 32 * 2 ** 20,
	questions: 2_000,
	columns: 60,
	cell: 32_767,
	parts: 5_000,
	unpacked: 64 * 2 ** 20,
	strings: 500_000,
	ratio: 200,
	/** How deep elements stand inside each other, and how many a document has. */
	depth: 60,
	elements: 500_000,
	/** Characters of one text of a question. */
	text: 20_000
} as const satisfies TableLimits & Record<string, number>;
