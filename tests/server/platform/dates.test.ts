import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	addDays,
	addMonths,
	dateOf,
	daysBetween,
	isCalendarDate,
	startOfDay,
	yearOf
} from '#lib/server/platform/dates.ts';

test('takes the calendar date in the configured zone', () => {
	expect(dateOf(new Date('2026-12-31T15:59:59Z'))).toBe('2026-12-31');
	expect(dateOf(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01');
	expect(yearOf(new Date('2026-12-31T16:00:00Z'))).toBe(2027);
});

test.each([
	{ from: '2025-01-31', months: 1, to: '2025-02-28' },
	{ from: '2024-01-31', months: 1, to: '2024-02-29' },
	{ from: '2024-02-29', months: 12, to: '2025-02-28' },
	{ from: '2025-11-23', months: 12, to: '2026-11-23' },
	{ from: '2026-03-31', months: -1, to: '2026-02-28' }
])('$months months from $from is $to', ({ from, months, to }) => {
	expect(addMonths(from, months)).toBe(to);
});

test('counts days as it adds them', () => {
	const date = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }).map(dateOf);
	fc.assert(
		fc.property(date, fc.integer({ min: -5000, max: 5000 }), (from, days) => {
			expect(daysBetween(from, addDays(from, days))).toBe(days);
		})
	);
});

test.each(['2026-02-30', '2026-13-01', '26-01-01', '2026-1-1', 'tomorrow', ''])('knows that %j is no date', (text) => {
	expect(isCalendarDate(text)).toBe(false);
});

test('knows when a day begins', () => {
	expect(startOfDay('2026-11-23').toISOString()).toBe('2026-11-22T16:00:00.000Z');
	expect(dateOf(startOfDay('1990-05-01'))).toBe('1990-05-01'); // summer time was kept then
});
