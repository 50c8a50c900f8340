import { expect, test } from 'vitest';
import { showQuestion, type PinnedQuestion } from '#lib/server/questions/show-question.ts';
import type { SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import { storedQuestion, type AskedQuestion } from '#lib/server/questions/stored-question.ts';
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

const pinned = (content: SmallContent, over: Partial<PinnedQuestion> = {}): PinnedQuestion => ({
	position: 1,
	content: storedQuestion(content) as AskedQuestion,
	situation: null,
	parameters: null,
	optionOrder: null,
	response: null,
	answeredAt: null,
	...over
});

test('shows options under the letters of the order drawn, and the answer in the same letters', () => {
	const shown = showQuestion(
		pinned(aMultiple(), { optionOrder: ['C', 'A', 'D', 'B'], response: { kind: 'multiple', chosen: ['B', 'C'] } })
	);
	expect(shown.options).toEqual([
		{ letter: 'A', text: '丙' },
		{ letter: 'B', text: '甲' },
		{ letter: 'C', text: '丁' },
		{ letter: 'D', text: '乙' }
	]);
	expect(shown.answer).toEqual({ kind: 'multiple', chosen: ['A', 'D'] });
});

test('puts the drawn values into the stem, and the situation before it', () => {
	const shown = showQuestion(
		pinned(aNumeric(), {
			parameters: { wage: 4500, months: 3 },
			situation: { kind: 'case', situation: '**郑某**到公司做保安。' }
		})
	);
	expect(shown).toMatchObject({
		stem: '月工资 4500 元，满 3 个月补订，差额多少？',
		unit: '元',
		situation: '<strong>郑某</strong>到公司做保安。'
	});
});

test('shows right sides and items under the letters of the order drawn', () => {
	const matching = showQuestion(
		pinned(aMatching(), {
			optionOrder: ['D', 'C', 'B', 'A'],
			response: { kind: 'matching', matched: ['A', null, 'D'] }
		})
	);
	expect(matching.lefts).toEqual(['甲方', '乙方', '丙方']);
	expect(matching.options.map(({ text }) => text)).toEqual(['一年', '六个月', '三个月', '一个月']);
	expect(matching.answer).toEqual({ kind: 'matching', matched: ['D', null, 'A'] });

	const ordering = showQuestion(
		pinned(anOrdering(), { optionOrder: ['D', 'A', 'C', 'B'], response: { kind: 'ordering', order: ['A', 'B'] } })
	);
	expect(ordering.options.map(({ text }) => text)).toEqual(['末送达', '先受理', '后决定', '再调查']);
	expect(ordering.answer).toEqual({ kind: 'ordering', order: ['B', 'D'] });
});

const parts = [
	'position',
	'kind',
	'situation',
	'stem',
	'options',
	'lefts',
	'blanks',
	'words',
	'unit',
	'answer',
	'answeredAt'
].toSorted();

test.each<SmallContent>([
	aSingle(),
	aMultiple(),
	aTrueFalse(),
	aFillIn(),
	aNumeric(),
	aMatching(),
	anOrdering(),
	aShortAnswer(),
	anEssay()
])('a $kind question shows no key, no reason, no explanation', (content) => {
	const shown = showQuestion(
		pinned(content, { optionOrder: ['B', 'A', 'C', 'D'], parameters: { wage: 4500, months: 3 } })
	);
	expect(Object.keys(shown).toSorted()).toEqual(parts);
	for (const option of shown.options) expect(Object.keys(option)).toEqual(['letter', 'text']);

	const text = JSON.stringify(shown);
	for (const secret of [
		'不算',
		'不对',
		'底线',
		'前一日',
		'已发一倍',
		'counted',
		'第八十二条',
		'key',
		'why',
		'口说',
		'定分',
		'观点',
		'证据'
	])
		expect(text).not.toContain(secret);
});
