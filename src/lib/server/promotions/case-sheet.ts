import { caseStateNames } from '#lib/components/promotions/case-state-name.ts';
import { localized } from '#lib/format/localized.ts';
import { levelNames } from '#lib/format/posts.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Context } from '../platform/context.ts';
import { dateOf, daysBetween } from '../platform/dates.ts';
import type { Sheet } from '../platform/xlsx.ts';
import { caseStateOf } from './case-state.ts';
import type { Case } from './queries.ts';

const isOpen = ({ completedAt, cancelledAt, isActive }: Case) => !completedAt && !cancelledAt && isActive;

/** The tracker as a spreadsheet for the organisation department: what is listed, column by column. */
export function caseSheet({ now }: Context, rows: AsyncIterable<Case>): Sheet<Case> {
	const today = dateOf(now);
	return {
		title: m.promotions_list(),
		rows,
		columns: [
			{ header: m.promotions_number(), value: (row) => row.staffNumber },
			{ header: m.promotions_name(), value: (row) => row.name },
			{ header: m.promotions_unit(), width: 32, value: (row) => row.unitName },
			{ header: m.promotions_post(), width: 20, value: (row) => row.title },
			{ header: m.promotions_from_level(), value: (row) => row.fromLevel && levelNames[row.fromLevel]() },
			{ header: m.promotions_level(), value: (row) => levelNames[row.toLevel]() },
			{ header: m.promotions_document(), width: 24, value: (row) => row.document },
			{ header: m.promotions_starts(), value: (row) => row.startsOn },
			{ header: m.promotions_due(), value: (row) => row.dueOn },
			{ header: m.promotions_state(), value: (row) => caseStateNames[caseStateOf(row, today)]() },
			{ header: m.promotions_days_left(), value: (row) => (isOpen(row) ? daysBetween(today, row.dueOn) : null) },
			{ header: m.promotions_required(), value: (row) => row.courses.length },
			{ header: m.promotions_done(), value: (row) => row.courses.filter(({ done }) => done).length },
			{
				header: m.promotions_missing(),
				width: 40,
				value: ({ courses }) =>
					courses.flatMap(({ title, done }) => (done ? [] : localized(title))).join(m.completion_separator())
			},
			{ header: m.promotions_reason(), width: 30, value: (row) => row.cancelledBecause }
		]
	};
}
