import { caseStateNames } from '#lib/components/promotions/case-state-name.ts';
import { classWords, examWords, missingWords, timelyWords } from '#lib/components/promotions/sheet-words.ts';
import { levelNames } from '#lib/format/posts.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Context } from '../platform/context.ts';
import { dateOf, daysBetween } from '../platform/dates.ts';
import type { Sheet } from '../platform/xlsx.ts';
import { type JudgedCase, judgedCases } from './judged-case.ts';
import type { Case } from './queries.ts';

const isOpen = ({ completedAt, cancelledAt, isActive }: Case) => !completedAt && !cancelledAt && isActive;

const count = ({ items }: Case, what: 'completedAt' | 'exemptAt') =>
	items.filter((item) => item[what] && (what === 'completedAt' || !item.completedAt)).length;

/** The tracker as a spreadsheet for the organisation department: what is listed, column by column. */
export function caseSheet(ctx: Context, rows: AsyncIterable<Case>): Sheet<JudgedCase> {
	const today = dateOf(ctx.now);
	return {
		title: m.promotions_list(),
		rows: judgedCases(ctx, rows),
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
			{ header: m.promotions_state(), value: (row) => caseStateNames[row.state]() },
			{ header: m.promotions_days_left(), value: (row) => (isOpen(row) ? daysBetween(today, row.dueOn) : null) },
			{ header: m.promotions_required_items(), value: (row) => row.items.length },
			{ header: m.promotions_done_items(), value: (row) => count(row, 'completedAt') },
			{ header: m.promotions_exempt_count(), value: (row) => count(row, 'exemptAt') },
			{ header: m.promotions_sheet_class(), width: 30, value: (row) => classWords(row.items) },
			{ header: m.promotions_sheet_exam(), width: 30, value: (row) => examWords(row.items) },
			{ header: m.promotions_sheet_timely(), value: (row) => timelyWords(row.items) },
			{
				header: m.promotions_missing(),
				width: 40,
				value: ({ items }) => missingWords(items)
			},
			{ header: m.promotions_reason(), width: 30, value: (row) => row.cancelledBecause }
		]
	};
}
