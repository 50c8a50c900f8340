import { expect, test } from 'vitest';
import { findingOf } from '#lib/server/completion/finding.ts';
import { rateOf, type OverviewRow } from '#lib/server/completion/queries.ts';
import { sortRows } from '#lib/server/completion/sort-rows.ts';

const rowOf = (name: string, completed: number, due = 100, values: Partial<OverviewRow> = {}): OverviewRow => ({
	unitId: name,
	name,
	kind: 'city',
	own: false,
	hasBelow: true,
	due,
	completed,
	overdue: due - completed,
	inProgress: 0,
	notStarted: 0,
	exempt: 0,
	rate: rateOf({ completed, due }) ?? null,
	...values
});
const total = (rows: OverviewRow[]) => ({
	due: rows.reduce((sum, { due }) => sum + due, 0),
	completed: 0,
	overdue: 3,
	inProgress: 0,
	notStarted: 0,
	exempt: 0
});
const find = (...rows: OverviewRow[]) => findingOf({ rows, total: total(rows) });

test('finds the units below that fall short, the furthest first', () => {
	const [good, bad, worse] = [rowOf('青禾市', 80), rowOf('松坪市', 79), rowOf('安澜市', 50)];
	expect(find(rowOf('厅机关', 0, 10, { own: true, kind: 'province' }), good, bad, worse)).toEqual({
		kind: 'units',
		noun: 'city',
		count: 3,
		behind: [
			{ unitId: '安澜市', name: '安澜市', rate: 50, overdue: 50 },
			{ unitId: '松坪市', name: '松坪市', rate: 79, overdue: 21 }
		]
	});
});

test('speaks of units where they are of several kinds, and of people where none stand below', () => {
	expect(find(rowOf('青禾市', 80), rowOf('人事处', 80, 100, { kind: 'division' }))).toMatchObject({
		noun: 'unit',
		behind: []
	});
	expect(find(rowOf('人事处', 90, 100, { own: true }))).toEqual({ kind: 'people', due: 100, overdue: 3, completed: 0 });
	expect(find(rowOf('青禾市', 0, 0), rowOf('松坪市', 0, 0))).toEqual({ kind: 'nothing-due' });
});

test('sorts by a figure, and keeps the official order otherwise', () => {
	const rows = [rowOf('甲', 90), rowOf('乙', 50), rowOf('丙', 0, 0)];
	const names = (sort: string | null) => sortRows(rows, sort).map(({ name }) => name);
	expect(names(null)).toEqual(['甲', '乙', '丙']);
	expect(names('unheard-of')).toEqual(['甲', '乙', '丙']);
	expect(names('rate')).toEqual(['丙', '乙', '甲']);
	expect(names('-due')).toEqual(['甲', '乙', '丙']);
	expect(names('-completed')).toEqual(['甲', '乙', '丙']);
});
