import { getLocale } from '#lib/paraglide/runtime.js';

type Locale = ReturnType<typeof getLocale>;
type Shape = { digits?: number; locale?: Locale; sign?: boolean };

const formats = new Map<string, Intl.NumberFormat>();

/** 1284, 12,846 (the comma begins at five digits), −3 with a real minus; `sign` shows a plus as well. */
export function formatNumber(value: number, { digits = 0, locale = getLocale(), sign = false }: Shape = {}): string {
	if (digits === 0 && !sign && Number.isInteger(value) && value >= 0 && value < 10_000) return String(value); // as in every table cell
	const key = `${locale} ${digits} ${sign}`;
	let format = formats.get(key);
	if (!format) {
		format = new Intl.NumberFormat(locale, {
			minimumFractionDigits: digits,
			maximumFractionDigits: digits,
			useGrouping: 'min2',
			signDisplay: sign ? 'exceptZero' : 'negative'
		});
		formats.set(key, format);
	}
	return format.format(value).replace('-', '−');
}

/** A share from 0 to 1 as a percentage: 0.866 is '86.6%'. */
export function formatPercent(share: number, { digits = 1, ...shape }: Shape = {}): string {
	return `${formatNumber(share * 100, { digits, ...shape })}%`;
}

/** Points, with as many decimals as they have: 5, 2.5, 0.25. */
export const formatPoints = (points: number, locale: Locale = getLocale()): string =>
	new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(points);
