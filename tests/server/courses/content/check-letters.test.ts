import { expect, test } from 'vitest';
import { checkLetters } from '#lib/server/courses/content/check-letters.ts';
import type { SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import { aMultiple, aSingle, aTrueFalse } from '#tests/factories/questions.ts';

type Letter = 'A' | 'B' | 'C' | 'D';

function warningsOf(small: SmallContent[]): string[] {
	const found: string[] = [];
	checkLetters(small, (code, message) => found.push(`${code} ${message}`));
	return found;
}

const four = [{ text: '甲' }, { text: '乙' }, { text: '丙' }, { text: '丁' }];
const singles = (keys: string) => [...keys].map((key) => aSingle({ options: four, key: [key as Letter] }));
const multiples = (...keys: string[]) =>
	[...keys, ...keys, ...keys, ...keys].map((key) => aMultiple({ options: four, key: [...key] as Letter[] }));

test.each([
	{ name: 'keys in turn', small: singles('ABCDABCDABCD'), found: [] },
	{ name: 'a letter that is right too often', small: singles('ABCDABCDBBBB'), found: ['B 是正确项的占 50%'] },
	{ name: 'a letter that is never right', small: singles('ABCABCABCABC'), found: ['D 是正确项的占 0%'] },
	{ name: 'too few to tell', small: singles('AAAAAAAAAAA'), found: [] },
	{ name: 'several right in turn', small: multiples('AB', 'BC', 'CD', 'AD'), found: [] },
	{
		name: 'several right, always with A',
		small: multiples('AB', 'AC', 'ABD'),
		found: ['A 是正确项的占 100%']
	}
])('$name', ({ small, found }) => {
	expect(warningsOf(small)).toEqual(found.map((each) => expect.stringContaining(each)));
});

test('statements that are mostly true', () => {
	const verdicts = (yes: number) => Array.from({ length: 20 }, (_, index) => aTrueFalse({ key: index < yes }));
	expect(warningsOf(verdicts(10))).toEqual([]);
	expect(warningsOf(verdicts(13))).toEqual([expect.stringContaining('对的占 65%')]);
	expect(warningsOf(verdicts(5))).toEqual([expect.stringContaining('对的占 25%')]);
});
