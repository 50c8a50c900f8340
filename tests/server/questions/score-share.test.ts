import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import { compare, formatRational, fromNumber, rational, whole } from '#lib/server/questions/rational.ts';
import {
	type Answer,
	type MultipleScoring,
	pointsFor,
	scoreAnswer,
	scoreShare
} from '#lib/server/questions/score-answer.ts';
import { rightAnswer, wrongAnswer } from '#tests/factories/answers.ts';
import {
	aFillIn,
	aMatching,
	aMultiple,
	aNumeric,
	anEssay,
	anOrdering,
	aShortAnswer,
	aSingle,
	aTrueFalse
} from '#tests/factories/questions.ts';

const rules: MultipleScoring[] = ['all-or-nothing', 'half-if-incomplete', 'per-option'];
const shareOf = (content: SmallContent, answer: Answer | undefined, multiple: MultipleScoring = 'all-or-nothing') => {
	const share = scoreShare(content, answer, { wage: 4500, months: 8 }, { multiple });
	return share && formatRational(share);
};

describe('a choice of several with the key ABD of five options', () => {
	const options = ['甲', '乙', '丙', '丁', '戊'].map((text) => ({ text }));
	const question = aMultiple({ options, key: ['A', 'B', 'D'] });

	// Worked by hand: all or nothing, half for a true subset, (right − wrong) / 3.
	test.each([
		{ chosen: 'ABD', shares: ['1', '1', '1'] },
		{ chosen: 'DBA', shares: ['1', '1', '1'] },
		{ chosen: 'AB', shares: ['0', '0.5', '0.666667'] },
		{ chosen: 'D', shares: ['0', '0.5', '0.333333'] },
		{ chosen: 'ABC', shares: ['0', '0', '0.333333'] },
		{ chosen: 'ABDE', shares: ['0', '0', '0.666667'] },
		{ chosen: 'ABCDE', shares: ['0', '0', '0.333333'] },
		{ chosen: 'AC', shares: ['0', '0', '0'] },
		{ chosen: 'C', shares: ['0', '0', '0'] },
		{ chosen: 'ACE', shares: ['0', '0', '0'] },
		{ chosen: 'AA', shares: ['0', '0.5', '0.333333'] },
		{ chosen: '', shares: ['0', '0', '0'] }
	])('$chosen earns $shares', ({ chosen, shares }) => {
		const answer: Answer = { kind: 'multiple', chosen: [...chosen] };
		expect(rules.map((rule) => shareOf(question, answer, rule))).toEqual(shares);
	});
});

test.each([
	{ blanks: ['前一日', '11'], share: '1' },
	{ blanks: ['前一日', '12'], share: '0.5' },
	{ blanks: ['', '十一'], share: '0.5' },
	{ blanks: ['', ''], share: '0' }
])('blanks $blanks earn $share', ({ blanks, share }) => {
	expect(shareOf(aFillIn(), { kind: 'fill-in', blanks })).toBe(share);
});

test.each([
	{ matched: ['A', 'B', 'C'], share: '1' },
	{ matched: ['A', 'C', 'B'], share: '0.333333' },
	{ matched: ['A', 'B', null], share: '0.666667' },
	{ matched: ['D', 'D', 'D'], share: '0' },
	{ matched: [null, null, null], share: '0' }
])('pairs $matched earn $share', ({ matched, share }) => {
	expect(shareOf(aMatching(), { kind: 'matching', matched })).toBe(share);
});

test.each([
	{ order: ['A', 'B', 'C', 'D'], share: '1' },
	{ order: ['A', 'C', 'B', 'D'], share: '0.5' },
	{ order: ['D', 'C', 'B', 'A'], share: '0' },
	{ order: ['B', 'C', 'D', 'A'], share: '0' },
	{ order: ['A', 'B'], share: '0.5' },
	{ order: [], share: '0' }
])('the order $order earns $share', ({ order, share }) => {
	expect(shareOf(anOrdering(), { kind: 'ordering', order })).toBe(share);
});

test('one choice, a judgement and a number earn all or nothing', () => {
	for (const question of [aSingle(), aTrueFalse(), aNumeric()]) {
		expect(shareOf(question, rightAnswer(question, { wage: 4500, months: 8 }))).toBe('1');
		expect(shareOf(question, wrongAnswer(question))).toBe('0');
	}
});

test('what a person marks has no share, and no answer or one of another kind earns nothing', () => {
	expect(shareOf(aShortAnswer(), { kind: 'short-answer', text: '因为' })).toBeUndefined();
	expect(shareOf(anEssay(), undefined)).toBeUndefined();
	expect(shareOf(aMatching(), undefined)).toBe('0');
	expect(shareOf(aMatching(), { kind: 'ordering', order: ['A', 'B', 'C'] })).toBe('0');
});

test('by every rule a share lies between nothing and all, and is all exactly for a right answer', () => {
	const letters = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
	const options = letters.map((text) => ({ text }));
	const key = fc.subarray(letters, { minLength: 2, maxLength: 7 });
	fc.assert(
		fc.property(key, fc.subarray(letters), fc.constantFrom(...rules), (key, chosen, multiple) => {
			const question = aMultiple({ options, key: key as ['A'] });
			const answer: Answer = { kind: 'multiple', chosen };
			const share = scoreShare(question, answer, {}, { multiple })!;
			expect(compare(share, whole(0)) >= 0 && compare(share, whole(1)) <= 0).toBe(true);
			expect(compare(share, whole(1)) === 0).toBe(scoreAnswer(question, answer));
		})
	);
});

test.each([
	{ share: rational(2n, 3n), points: 2, earned: 1.33 },
	{ share: rational(1n, 3n), points: 2, earned: 0.67 },
	{ share: rational(1n, 2n), points: 0.25, earned: 0.13 },
	{ share: rational(1n, 8n), points: 1, earned: 0.13 },
	{ share: whole(1), points: 2.5, earned: 2.5 },
	{ share: fromNumber(0), points: 5, earned: 0 }
])('$points points earn $earned, rounded half up', ({ share, points, earned }) => {
	expect(pointsFor(share, points)).toBe(earned);
});
