import { peopleViewNames } from '#lib/components/completion/people-state-name.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Sheet } from '../platform/xlsx.ts';
import type { PersonBehind } from './list-people.ts';
import type { OverviewPage } from './read-overview.ts';

type Line = Pick<
	OverviewPage['rows'][number],
	'name' | 'due' | 'completed' | 'rate' | 'inProgress' | 'notStarted' | 'overdue' | 'exempt'
>;

/** The units as a spreadsheet: the lines of the page in its order, then their sum. */
export function overviewSheet({ rows, total, rate }: Pick<OverviewPage, 'rows' | 'total' | 'rate'>): Sheet<Line> {
	const lines: Line[] = rows.map((row) =>
		row.own && row.hasBelow ? { ...row, name: m.completion_own({ unit: row.name }) } : row
	);
	if (rows.length > 1) lines.push({ ...total, rate, name: m.completion_all() });
	return {
		title: m.nav_overview(),
		rows: lines,
		columns: [
			{ header: m.completion_unit(), width: 32, value: (line) => line.name },
			{ header: m.completion_due(), value: (line) => line.due },
			{ header: m.completion_completed(), value: (line) => line.completed },
			{ header: `${m.completion_rate()} %`, value: (line) => line.rate },
			{ header: m.completion_in_progress(), value: (line) => line.inProgress },
			{ header: m.completion_not_started(), value: (line) => line.notStarted },
			{ header: m.completion_overdue(), value: (line) => line.overdue },
			{ header: m.completion_exempt(), value: (line) => line.exempt }
		]
	};
}

/** The people behind a figure as a spreadsheet. */
export function peopleSheet(rows: AsyncIterable<PersonBehind>): Sheet<PersonBehind> {
	return {
		title: m.completion_people_list(),
		rows,
		columns: [
			{ header: m.completion_people_number(), value: (row) => row.staffNumber },
			{ header: m.completion_people_name(), value: (row) => row.name },
			{ header: m.completion_unit(), width: 32, value: (row) => row.unitName },
			{ header: m.completion_people_post(), width: 20, value: (row) => row.title },
			{ header: m.completion_people_state(), value: (row) => peopleViewNames[row.state]() },
			{ header: m.completion_people_duties(), value: (row) => row.duties },
			{ header: m.completion_people_done(), value: (row) => row.completed },
			{ header: m.completion_people_open_due(), width: 20, value: (row) => row.openDueOn }
		]
	};
}
