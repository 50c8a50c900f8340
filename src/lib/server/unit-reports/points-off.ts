import { addDays, addMonths, type CalendarDate, daysBetween } from '../platform/dates.ts';

/** What a late report costs: `lateOff` points up to `lateDays` days late, `laterOff` up to `laterMonths` months, everything after. */
export type LateRule = { lateDays: number; lateOff: number; laterMonths: number; laterOff: number };

/** Half a point within 15 days, one within a month, then the item scores nothing. */
export const usualLateRule: LateRule = { lateDays: 15, lateOff: 0.5, laterMonths: 1, laterOff: 1 };

/** The date until which something was due, and the day on which it came; of what is still out, today. */
export type Filing = { dueOn: CalendarDate; filedOn: CalendarDate };

/** Days late; none on the due date itself. */
export const daysLate = ({ dueOn, filedOn }: Filing): number => Math.max(0, daysBetween(dueOn, filedOn));

/** Points that one filing costs of an item worth `points`: never more than all of them. */
export function pointsOff(points: number, filing: Filing, rule: LateRule): number {
	if (daysLate(filing) === 0) return 0;
	if (filing.filedOn <= addDays(filing.dueOn, rule.lateDays)) return Math.min(points, rule.lateOff);
	if (filing.filedOn <= addMonths(filing.dueOn, rule.laterMonths)) return Math.min(points, rule.laterOff);
	return points;
}

/** Of several filings of one report, the one that costs most counts: returned reports are due again by a date of their own. */
export const mostOff = (points: number, filings: readonly Filing[], rule: LateRule): number =>
	Math.max(0, ...filings.map((filing) => pointsOff(points, filing, rule)));

/** When reports about a year are due unless a round says otherwise: 15 January of the next. */
export const usualDueDate = (year: number): CalendarDate => `${year + 1}-01-15`;
