import { expect, test } from 'vitest';
import { compareItems } from '#lib/server/unit-reports/plan/compare-items.ts';

const text = (word: string) => ({ 'zh-CN': word, en: word });
const item = (lineage: string, points: number | null = 5) => ({
	lineage,
	title: text(lineage),
	asks: text('asked'),
	standard: null,
	points
});

test('says of every item of either year what became of it', () => {
	const compared = compareItems([item('a'), item('b', 6), item('c')], [item('b', 7), item('a'), item('d')]);
	expect(compared.map(({ change, before, after }) => [change, (after ?? before)!.lineage])).toEqual([
		['changed', 'b'],
		['same', 'a'],
		['added', 'd'],
		['dropped', 'c']
	]);
	expect(compared[0]!.before!.points).toBe(6);
});
