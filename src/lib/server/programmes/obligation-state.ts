import { type SQL, sql } from 'drizzle-orm';
import type { obligationStates } from '#lib/schemas/programmes.ts';
import type { CalendarDate } from '../platform/dates.ts';

export type ObligationState = (typeof obligationStates)[number];

type Facts = {
	completedAt: Date | null;
	withdrawnAt: Date | null;
	exemptAt: Date | null;
	startedAt: Date | null;
	/** Upcoming before the first, overdue after the second, expired after the third; the days themselves are in time. */
	opensOn: CalendarDate | null;
	dueOn: CalendarDate;
	expiresOn: CalendarDate | null;
};

/**
 * What an obligation amounts to on a day; the first that holds. What somebody began before it opened is in progress. The same
 * rule stands in db/views/10-obligation-state.sql; a test proves that both agree.
 */
export function stateOf(facts: Facts, today: CalendarDate): ObligationState {
	if (facts.withdrawnAt) return 'withdrawn';
	if (facts.completedAt) return 'completed';
	if (facts.exemptAt) return 'exempt';
	if (facts.expiresOn && facts.expiresOn < today) return 'expired';
	if (facts.dueOn < today) return 'overdue';
	if (facts.startedAt) return 'in-progress';
	return facts.opensOn && facts.opensOn > today ? 'upcoming' : 'open';
}

/** The same of a row of obligations, as SQL. @param row the name by which the query knows it */
export const stateIn = (row: SQL, today: CalendarDate): SQL<ObligationState> =>
	sql`obligation_state(${row}.completed_at, ${row}.withdrawn_at, ${row}.exempt_at, ${row}.started_at, ${row}.opens_on, ${row}.due_on, ${row}.expires_on, ${today}::date)`;

/** Whether a row is live: still asked for, neither completed nor exempt; overdue and expired ones are. */
export const isLive = (row: SQL): SQL =>
	sql`(${row}.completed_at is null and ${row}.withdrawn_at is null and ${row}.exempt_at is null)`;
