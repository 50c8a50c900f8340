import type { unitReports } from '#db/schema/unit-reports.ts';
import type { CalendarDate } from '../platform/dates.ts';

export type ReportState = (typeof unitReports.$inferSelect)['state'];

const ways: Record<ReportState, readonly ReportState[]> = {
	'not-started': ['draft'],
	draft: ['submitted'],
	submitted: ['returned', 'accepted'],
	returned: ['submitted'],
	accepted: []
};

/** Whether a report may go from one state to another; the database refuses the same. */
export const canGo = (from: ReportState, to: ReportState): boolean => ways[from].includes(to);

/** Whether its unit writes at it. */
export const isOpenToWriting = (state: ReportState): boolean => !['submitted', 'accepted'].includes(state);

/** Whether it is out although it was due. */
export const isOverdue = (
	{ state, dueOn }: { state: ReportState; dueOn: CalendarDate },
	today: CalendarDate
): boolean => isOpenToWriting(state) && dueOn < today;
