import type { obligationStates } from '#lib/schemas/programmes.ts';
import type { CalendarDate } from '../platform/dates.ts';

export type ObligationState = (typeof obligationStates)[number];

type Facts = { completedAt: Date | null; withdrawnAt: Date | null; startedAt: Date | null; dueOn: CalendarDate };

/**
 * What an obligation amounts to on a day. The due day itself is still in time. The same rule stands in
 * db/views/10-obligation-state.sql; a test proves that both agree.
 */
export function stateOf({ completedAt, withdrawnAt, startedAt, dueOn }: Facts, today: CalendarDate): ObligationState {
	if (withdrawnAt) return 'withdrawn';
	if (completedAt) return 'completed';
	if (dueOn < today) return 'overdue';
	return startedAt ? 'in-progress' : 'not-started';
}
