import { localized } from '#lib/format/localized.ts';
import { levelNames, rankNames } from '#lib/format/posts.ts';
import { m } from '#lib/paraglide/messages.js';
import type { ListedStanding } from '#lib/server/hours/list-standings.ts';
import type { HourTarget } from '#lib/server/hours/targets.ts';
import type { Column, Sheet } from '#lib/server/platform/xlsx.ts';

/** The list of hours as a sheet: for each target of the year what there is, what is asked and what is missing. */
export function hoursSheet(
	year: number,
	targets: HourTarget[],
	rows: AsyncIterable<ListedStanding>
): Sheet<ListedStanding> {
	return { title: m.hours_title({ year }), columns: [...roster(year), ...targets.flatMap(columnsOf)], rows };
}

const roster = (year: number): Column<ListedStanding>[] => [
	{ header: m.people_staff_number(), width: 12, value: ({ staffNumber }) => staffNumber },
	{ header: m.people_name(), width: 14, value: ({ name }) => name },
	{ header: m.people_unit(), width: 30, value: ({ unit }) => unit },
	{ header: m.people_post(), width: 18, value: ({ title }) => title },
	{ header: m.people_level(), width: 16, value: ({ leadershipLevel: level }) => level && levelNames[level]() },
	{ header: m.people_rank(), width: 16, value: ({ rank }) => rank && rankNames[rank]() },
	{ header: m.hours_of_year({ year }), width: 12, value: ({ hours }) => hours }
];

/** Empty for those for whom the target does not hold. */
function columnsOf({ id, name }: HourTarget): Column<ListedStanding>[] {
	const of = ({ standings }: ListedStanding) => standings.find(({ targetId }) => targetId === id);
	const target = localized(name);
	return [
		{ header: m.hours_column_have({ target }), width: 14, value: (row) => of(row)?.have },
		{ header: m.hours_column_due({ target }), width: 14, value: (row) => of(row)?.due },
		{ header: m.hours_column_missing({ target }), width: 14, value: (row) => of(row)?.missing }
	];
}
