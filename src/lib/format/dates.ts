import { getLocale } from '#lib/paraglide/runtime.js';

type Locale = ReturnType<typeof getLocale>;

/**
 * How a date is written. `date` 2026-11-23 (tables), `day` 11月23日, `dayOfWeek` 周一, `long` 2026年11月23日, `weekday` with the day of the
 * week, `month` 2026年11月; `instant` 2026-11-23 10:32, `second` 2026-11-23 10:32:05, `clock` 10:32, `clockSecond` 10:32:05.
 */
export type DateStyle =
	'date' | 'day' | 'dayOfWeek' | 'long' | 'weekday' | 'month' | 'instant' | 'second' | 'clock' | 'clockSecond';

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const digits = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

const shapes: Record<DateStyle, Intl.DateTimeFormatOptions> = {
	date: digits,
	day: { month: 'long', day: 'numeric' },
	dayOfWeek: { weekday: 'short' },
	long: { year: 'numeric', month: 'long', day: 'numeric' },
	weekday: { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' },
	month: { year: 'numeric', month: 'long' },
	instant: { ...digits, ...clock },
	second: { ...digits, ...clock, second: '2-digit' },
	clock,
	clockSecond: { ...clock, second: '2-digit' }
};

// Tables, receipts and logs read the same in both languages: 2026-11-23 10:32. Swedish happens to write dates so.
const numeric = new Set<DateStyle>(['date', 'instant', 'second', 'clock', 'clockSecond']);
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(style: DateStyle, zone: string, locale: Locale): Intl.DateTimeFormat {
	const tag = numeric.has(style) ? 'sv-SE' : locale === 'en' ? 'en-GB' : locale;
	const key = `${tag} ${zone} ${style}`;
	let format = formats.get(key);
	if (!format) {
		format = new Intl.DateTimeFormat(tag, { ...shapes[style], timeZone: zone });
		formats.set(key, format);
	}
	return format;
}

/** Is this a calendar date ('2026-11-23') rather than an instant? */
export function isCalendarDate(value: string | Date): value is string {
	return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
}

/**
 * A date in words. Calendar dates ('2026-11-23') are the same everywhere and need no zone; instants (Date or an ISO
 * string) are shown in `zone`.
 */
export function formatDate(value: string | Date, style: DateStyle, zone: string, locale: Locale = getLocale()): string {
	const bare = isCalendarDate(value);
	const instant = new Date(bare ? `${value}T00:00:00Z` : value);
	const text = formatIn(style, bare ? 'UTC' : zone, locale).format(instant);
	return style === 'weekday' && locale === 'zh-CN' ? text.replace('日星期', '日，星期') : text;
}

/** Whole calendar days from `from` to `to`; negative when `to` is earlier. Both 'YYYY-MM-DD'. */
export function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
