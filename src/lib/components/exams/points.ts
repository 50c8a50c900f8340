import { formatNumber } from '#lib/format/numbers.ts';

/** Points with no more decimals than they have: 2, 1.5, 0.25. */
export const points = (value: number): string => {
	const digits = Number.isInteger(value) ? 0 : Number.isInteger(Math.round(value * 1000) / 100) ? 1 : 2;
	return formatNumber(value, { digits });
};
