import { env } from './env.ts';

/** A calendar date without a time, as `YYYY-MM-DD` in the configured zone. Such dates compare as text. */
export type CalendarDate = string;

const zone = env.MINGFA_TIMEZONE;
const formatter = new Intl.DateTimeFormat('sv-SE', {
	timeZone: zone,
	year: 'numeric',
	month: '2-digit',
	day: '2-digit'
});

/** The calendar date of an instant in the configured zone. */
export const dateOf = (instant: Date): CalendarDate => formatter.format(instant);

/** The calendar year of an instant in the configured zone. */
export const yearOf = (instant: Date): number => Number(dateOf(instant).slice(0, 4));

/** The date a number of days later, or earlier when negative. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
	const moved = utc(date);
	moved.setUTCDate(moved.getUTCDate() + days);
	return moved.toISOString().slice(0, 10);
}

/** The same day a number of months later; where that month is shorter, its last day (31 January + 1 month = 28 or 29 February). */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
	const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
	const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
	return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

/** Days from one date to another; negative when the other lies before. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number =>
	Math.round((utc(to).getTime() - utc(from).getTime()) / 86_400_000);

/** Whether a text is a date that the calendar has (2026-02-30 is none). */
export function isCalendarDate(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const date = utc(text);
	return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

const utc = (date: CalendarDate) => new Date(`${date}T00:00:00Z`);

/** The instant at which a calendar date begins in the configured zone. */
export function startOfDay(date: CalendarDate): Date {
	let instant = utc(date);
	for (let tries = 0; tries < 3; tries++) instant = new Date(utc(date).getTime() - offsetAt(instant));
	return instant;
}

/** Milliseconds by which the zone's clocks are ahead of UTC at an instant. */
function offsetAt(instant: Date): number {
	const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(instant);
	const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
	const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):?(\d+)?/.exec(text) ?? [];
	return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** A date and a time of the clocks in the configured zone, to the minute, as `YYYY-MM-DDTHH:MM`: what a form asks for. */
export type LocalTime = string;

/** The instant at which the clocks of the configured zone show a time; where they skip it, the instant right after the gap. */
export function instantAt(local: LocalTime): Date {
	const shown = new Date(`${local}:00Z`).getTime();
	let instant = new Date(shown);
	for (let tries = 0; tries < 3; tries++) instant = new Date(shown - offsetAt(instant));
	return instant;
}

/** What the clocks of the configured zone show at an instant. */
export const localTimeOf = (instant: Date): LocalTime =>
	new Date(instant.getTime() + offsetAt(instant)).toISOString().slice(0, 16);
