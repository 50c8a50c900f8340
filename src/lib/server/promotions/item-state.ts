import type { itemStates } from '#lib/schemas/promotions.ts';
import { type CalendarDate, dateOf } from '../platform/dates.ts';

export type ItemState = (typeof itemStates)[number];

type Facts = {
	completedAt: Date | string | null;
	exemptAt: Date | string | null;
	dueOn: CalendarDate;
	postponed: boolean;
};

/** How one thing that a case asks for stands on a day. The last day itself is still in time; what was done late stays late. */
export function itemStateOf({ completedAt, exemptAt, dueOn, postponed }: Facts, today: CalendarDate): ItemState {
	if (completedAt) return dateOf(new Date(completedAt)) > dueOn ? 'done-late' : 'done';
	if (exemptAt) return 'exempt';
	if (dueOn < today) return 'overdue';
	return postponed ? 'postponed' : 'open';
}

/** One time that somebody was due to sit an exam, as it was released. */
export type Sitting = {
	examId: string;
	title: string;
	makeUp: boolean;
	on: CalendarDate;
	outcome: 'passed' | 'failed' | 'absent';
	score: number | null;
	total: number | null;
};

export type ExamStanding = 'not-sat' | 'passed' | 'passed-by-make-up' | 'make-up-due' | 'failed-after-make-up';

/** Where somebody stands with an exam: whoever failed or was absent has one make-up. @param sittings in the order of time */
export function examStandingOf(sittings: readonly Pick<Sitting, 'outcome' | 'makeUp'>[]): ExamStanding {
	const passed = sittings.find(({ outcome }) => outcome === 'passed');
	if (passed) return passed.makeUp ? 'passed-by-make-up' : 'passed';
	if (sittings.length === 0) return 'not-sat';
	return sittings.some(({ makeUp }) => makeUp) ? 'failed-after-make-up' : 'make-up-due';
}
