import { expect, test } from 'vitest';
import { rosterFields } from '#lib/schemas/roster.ts';
import { headersOf, matchColumns } from '#lib/server/people/roster/match-columns.ts';

test.each([0, 1])('finds every field by the header of the template (%i)', (language) => {
	const columns = matchColumns(rosterFields.map((field) => headersOf[field][language]!));
	expect(columns).toEqual(Object.fromEntries(rosterFields.map((field, at) => [field, at])));
});

test('understands what offices write, and leaves the rest alone', () => {
	expect(matchColumns(['序号', '姓 名（必填）', '人员编号', '所在单位', '手机', 'Start Date *', '工号'])).toEqual({
		name: 1,
		staffNumber: 2,
		unitName: 3,
		startsOn: 5
	});
});

test('no header names two fields', () => {
	const all = Object.values(headersOf).flat();
	expect(all.filter((header, at) => all.indexOf(header) !== at)).toEqual([]);
});
