import { expect, test } from 'vitest';
import { checkLengths, unevenOptions } from '#lib/server/courses/content/check-lengths.ts';
import { aMultiple, aSingle } from '#tests/factories/questions.ts';

const option = (length: number) => ({ text: '字'.repeat(length) });
/** The right option is the second of a single choice, the first and the third of a multiple one. */
const single = (...lengths: number[]) => aSingle({ options: lengths.map(option) });
const multiple = (...lengths: number[]) => aMultiple({ options: lengths.map(option) });

function codesOf(...questions: Parameters<typeof checkLengths>[0]): string[] {
	const codes: string[] = [];
	checkLengths(questions, (code) => codes.push(code));
	return codes;
}

test.each([
	{ lengths: [10, 20, 12], uneven: undefined, because: 'twice as long is still even' },
	{ lengths: [10, 21, 12], uneven: { longest: 21, shortest: 10 }, because: 'more than twice as long shows' },
	{ lengths: [2, 8, 3], uneven: undefined, because: 'among short ones nobody sees it' }
])('options of $lengths: $because', ({ lengths, uneven }) => {
	expect(unevenOptions(single(...lengths))).toEqual(uneven);
});

test('the right option of a third of the questions may be the longest, of more it may not', () => {
	const [longest, other] = [single(10, 11, 10), single(11, 10, 10)];
	expect(codesOf(longest, longest, other, other, other, other)).toEqual([]);
	expect(codesOf(longest, longest, longest, other, other, other)).toEqual(['balance.longest']);
});

test('of several right options all must be longer than the wrong ones to show', () => {
	const [all, one] = [multiple(11, 10, 12, 10), multiple(14, 12, 10, 12)];
	expect(codesOf(one, one, one, one, one, one)).toEqual([]);
	expect(codesOf(all, all, all, one, one, one)).toEqual(['balance.longest']);
});

test('right options that are much longer on average show as well', () => {
	const [long, short] = [single(10, 20, 10), single(11, 10, 10)];
	expect(codesOf(long, long, short, short, short, short)).toEqual(['balance.longer']);
});
