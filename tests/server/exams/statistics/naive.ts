/*
 * The textbook formulas over whole lists, written without any of what they check: no sums of squares, no grouping.
 */

export const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export const variance = (values: number[]): number => {
	const middle = mean(values);
	return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
};

/** Pearson's r; null where either side does not vary. */
export function pearson(xs: number[], ys: number[]): number | null {
	const [mx, my] = [mean(xs), mean(ys)];
	const deviations = xs.map((x, index) => [x - mx, ys[index]! - my] as const);
	const [sx, sy] = [0, 1].map((side) => Math.sqrt(deviations.reduce((sum, each) => sum + each[side]! ** 2, 0))) as [
		number,
		number
	];
	if (xs.length < 2 || sx < 1e-9 || sy < 1e-9) return null;
	return deviations.reduce((sum, [x, y]) => sum + (x / sx) * (y / sy), 0);
}

/** Cronbach's α of a table of people × parts. */
export function alpha(table: number[][]): number | null {
	const parts = table[0]!.map((_, part) => table.map((row) => row[part]!));
	const totals = table.map((row) => row.reduce((sum, value) => sum + value, 0));
	if (parts.length < 2 || table.length < 2 || variance(totals) < 1e-12) return null;
	const own = parts.map(variance).reduce((sum, value) => sum + value, 0);
	return (parts.length / (parts.length - 1)) * (1 - own / variance(totals));
}

export function median(values: number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
