import type { OverviewRow } from './queries.ts';

const columns = ['due', 'completed', 'rate', 'inProgress', 'notStarted', 'overdue', 'exempt'] as const;

type Column = (typeof columns)[number];

/** Rows in the order that was asked for as `column` or `-column`; in official order where nothing that can be sorted was. */
export function sortRows(rows: OverviewRow[], sort: string | null): OverviewRow[] {
	const column = columns.find((name) => name === sort?.replace(/^-/, ''));
	if (!column) return rows;

	const direction = sort?.startsWith('-') ? -1 : 1;
	return rows.toSorted((one, other) => direction * (valueOf(one, column) - valueOf(other, column)));
}

/** Units where nobody is due have no rate and come before the lowest. */
const valueOf = (row: OverviewRow, column: Column): number => row[column] ?? -1;
