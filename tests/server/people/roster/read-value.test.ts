import { describe, expect, test } from 'vitest';
import { allowedWords } from '#lib/format/roster.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import type { RosterField } from '#lib/schemas/roster.ts';
import { readDate, readKind, readLevel, readRank, readStatus } from '#lib/server/people/roster/read-value.ts';

describe('dates', () => {
	test.each([
		'2026-03-01',
		'2026-3-1',
		'2026/3/1',
		'2026.03.01',
		'2026年3月1日',
		'2026年03月01日',
		'20260301',
		'46082',
		'46082.5',
		'２０２６－０３－０１',
		' 2026-03-01 00:00:00'
	])('reads %s as the first of March', (text) => expect(readDate(text)).toBe('2026-03-01'));

	test.each(['2026-02-30', '2026-13-01', '2026', '3月1日', '2026年', '0', '99999', '1-3-2026', 'tomorrow', '2026-03'])(
		'reads no date in %s',
		(text) => expect(readDate(text)).toBeUndefined()
	);

	test('counts days from 1904 where the workbook does', () => {
		expect(readDate('44620', true)).toBe('2026-03-01');
	});
});

test.each([
	['县处级正职', 'division-chief'],
	['正处级', 'division-chief'],
	['正处', 'division-chief'],
	['副厅级', 'department-deputy'],
	['厅局级正职', 'department-chief'],
	['乡科级副职', 'section-deputy'],
	['Division chief', 'division-chief'],
	['section-deputy', 'section-deputy'],
	['无', 'none'],
	['处长', undefined],
	['副处长', undefined],
	['主任', undefined]
])('reads %s as the leading level %s', (text, level) => expect(readLevel(text)).toBe(level));

test.each([
	['一级巡视员', 'inspector-1'],
	['四级调研员', 'counsel-4'],
	['2级主任科员', 'principal-clerk-2'],
	['二级科员', 'clerk-2'],
	['Counsel, grade 2', 'counsel-2'],
	['无职级', 'none'],
	['五级调研员', undefined],
	['调研员', undefined]
])('reads %s as the rank %s', (text, rank) => expect(readRank(text)).toBe(rank));

test('reads kinds and states by their names', () => {
	expect(['初任', '提拔', '转任', '挂职', '兼任', 'Promotion', '任命'].map(readKind)).toEqual([
		'initial',
		'promotion',
		'transfer',
		'secondment',
		'concurrent',
		'promotion',
		undefined
	]);
	expect(['在职', '退休', '离职', 'active', '休假'].map(readStatus)).toEqual([
		'active',
		'retired',
		'left',
		'active',
		undefined
	]);
});

describe('what the pages and the template say reads back, in both languages', () => {
	const readers = { leadershipLevel: readLevel, rank: readRank, kind: readKind, status: readStatus };

	test.each(['zh-CN', 'en'] as const)('%s', (locale) => {
		overwriteGetLocale(() => locale);
		for (const [field, read] of Object.entries(readers)) {
			for (const word of allowedWords(field as RosterField)) expect(read(word), `${field} ${word}`).toBeDefined();
		}
	});
});
