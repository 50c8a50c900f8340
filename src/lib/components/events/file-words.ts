import { formatNumber } from '#lib/format/numbers.ts';

/** How large a file is, in the unit that says it shortest. */
export const sizeOf = (bytes: number): string =>
	bytes < 2 ** 20
		? `${formatNumber(Math.max(1, Math.round(bytes / 1024)))} KB`
		: `${formatNumber(bytes / 2 ** 20, { digits: 1 })} MB`;
