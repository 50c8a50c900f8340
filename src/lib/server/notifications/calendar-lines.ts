import { invalid } from '../platform/errors.ts';
import { addDays, type CalendarDate, isCalendarDate } from '../platform/dates.ts';
import type { CalendarDay } from './read-working-days.ts';

/** A date, or two with a word between them, and what the days are called: “2026-10-01 至 2026-10-07 国庆节”. */
const line = /^(\d{4}-\d{2}-\d{2})(?:\s*(?:至|到|to|-|–|—|~|～)\s*(\d{4}-\d{2}-\d{2}))?(?:\s+(\S.{0,39}))?$/;
const mostDays = 31;

/**
 * Reads days as they are typed, one date or one span to a line.
 * @throws invalid workdays.line | workdays.other-year at the field, with the line
 */
export function readLines(typed: string, year: number, { worked, field }: { worked: boolean; field: string }) {
	const days: CalendarDay[] = [];
	for (const [index, text] of typed.split(/\r?\n/).entries()) {
		if (!text.trim()) continue;
		const values = { line: index + 1, year };
		const [, from = '', until = from, name = null] = line.exec(text.trim()) ?? [];
		if (!isCalendarDate(from) || !isCalendarDate(until) || until < from || addDays(from, mostDays) < until)
			throw invalid('workdays.line', { field, values });
		if (!from.startsWith(`${year}-`) || !until.startsWith(`${year}-`))
			throw invalid('workdays.other-year', { field, values });
		for (let on = from; on <= until; on = addDays(on, 1)) days.push({ on, worked, name });
	}
	return days;
}

/** The same back again: days that follow one another under one name are one line. */
export function writeLines(days: readonly CalendarDay[]): string {
	const spans: { from: CalendarDate; until: CalendarDate; name: string | null }[] = [];
	for (const { on, name } of days) {
		const last = spans.at(-1);
		if (last && last.name === name && addDays(last.until, 1) === on) last.until = on;
		else spans.push({ from: on, until: on, name });
	}
	return spans
		.map(({ from, until, name }) => `${from === until ? from : `${from} 至 ${until}`}${name ? ` ${name}` : ''}`)
		.join('\n');
}
