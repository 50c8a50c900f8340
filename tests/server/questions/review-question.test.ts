import { expect, test } from 'vitest';
import { reviewQuestion } from '#lib/server/questions/review-question.ts';
import type { PinnedQuestion } from '#lib/server/questions/show-question.ts';
import type { SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import type { Answer } from '#lib/server/questions/score-answer.ts';
import { storedQuestion, type AskedQuestion } from '#lib/server/questions/stored-question.ts';
import {
	aFillIn,
	aMatching,
	aMultiple,
	aNumeric,
	anOrdering,
	aShortAnswer,
	aTrueFalse
} from '#tests/factories/questions.ts';

const review = (content: SmallContent, response: Answer | null, over: Partial<PinnedQuestion> = {}) =>
	reviewQuestion({
		position: 1,
		content: storedQuestion(content) as AskedQuestion,
		situation: null,
		parameters: null,
		optionOrder: null,
		response,
		answeredAt: null,
		correct: false,
		...over
	});

test('says of every option whether it is right, was chosen, and why not', () => {
	const { options } = review(
		aMultiple(),
		{ kind: 'multiple', chosen: ['B', 'C'] },
		{ optionOrder: ['C', 'A', 'D', 'B'] }
	);
	expect(options).toEqual([
		{ letter: 'A', text: '丙', right: true, chosen: true, why: null },
		{ letter: 'B', text: '甲', right: true, chosen: false, why: null },
		{ letter: 'C', text: '丁', right: false, chosen: false, why: '丁不对' },
		{ letter: 'D', text: '乙', right: false, chosen: true, why: '乙不对' }
	]);
});

test('says which judgement is right, also to whoever gave none', () => {
	expect(review(aTrueFalse(), { kind: 'true-false', value: true }).judgement).toEqual({
		right: false,
		given: true,
		why: '那是底线'
	});
	expect(review(aTrueFalse(), null).judgement).toMatchObject({ given: null });
});

test('lists the typical mistakes in each blank and marks the one that was made', () => {
	const { typed } = review(aFillIn(), { kind: 'fill-in', blanks: ['前一天', '十二'] });
	expect(typed).toEqual([
		{ given: '前一天', right: true, key: '前一日', mistakes: [{ answer: '当日', why: '当日已有合同', made: false }] },
		{ given: '十二', right: false, key: '11', mistakes: [{ answer: '12', why: '头一个月不算', made: true }] }
	]);
});

test('works a calculation out with the values drawn', () => {
	const { typed, explanation } = review(
		aNumeric(),
		{ kind: 'numeric', number: '13500' },
		{ parameters: { wage: 4500, months: 3 } }
	);
	expect(typed).toEqual([
		{
			given: '13500',
			right: false,
			key: '9000',
			mistakes: [
				{ answer: '13500', why: '头一个月不算', made: true },
				{ answer: '18000', why: '已发一倍', made: false }
			]
		}
	]);
	expect(explanation).toContain('计 2 个月，4500 × 2 ＝ 9000 元');
});

test('sets every pair beside what was matched', () => {
	const { pairs } = review(
		aMatching(),
		{ kind: 'matching', matched: ['A', 'D', null] },
		{ optionOrder: ['D', 'C', 'B', 'A'] }
	);
	expect(pairs).toEqual([
		{ left: '甲方', given: '一个月', right: true, key: '一个月' },
		{ left: '乙方', given: '一年', right: false, key: '三个月' },
		{ left: '丙方', given: null, right: false, key: '六个月' }
	]);
});

test('lists items in their right order, each with the place it was given', () => {
	const { sequence } = review(anOrdering(), { kind: 'ordering', order: ['A', 'C', 'B'] });
	expect(sequence).toEqual([
		{ text: '先受理', given: 1, right: true },
		{ text: '再调查', given: 3, right: false },
		{ text: '后决定', given: 2, right: false },
		{ text: '末送达', given: null, right: false }
	]);
});

test('sets what was written beside what it is measured by', () => {
	const { written } = review(aShortAnswer(), { kind: 'short-answer', text: '口说无凭' });
	expect(written).toMatchObject({
		text: '口说无凭',
		reference: '因为口说无凭。',
		rubric: [{ points: 2 }, { points: 1 }]
	});
});
