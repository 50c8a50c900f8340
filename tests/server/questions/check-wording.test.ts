import { expect, test } from 'vitest';
import { checkWording } from '#lib/server/questions/check-wording.ts';
import type { Wording } from '#lib/server/questions/wording.ts';
import { aCaseWording } from '#tests/factories/bank.ts';
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

const faultsOf = (wording: Wording) =>
	checkWording(wording).map(({ field, code }) => `${field} ${code.replace('question.', '')}`);

test.each<Wording>([
	aSingle(),
	aMultiple(),
	aTrueFalse(),
	aFillIn(),
	aNumeric(),
	aMatching(),
	anOrdering(),
	aShortAnswer(),
	anEssay(),
	aCaseWording(),
	aSingle({ explanation: '', articles: [] }),
	aMultiple({ key: ['A', 'B', 'C', 'D'] }),
	aSingle({ options: [{ text: '对' }, { text: '错' }], key: ['A'] }),
	aNumeric({ examples: [] })
])('a sound $kind question', (wording) => {
	expect(checkWording(wording)).toEqual([]);
});

test.each<[string, Wording]>([
	['stem stem-missing', aSingle({ stem: ' ' })],
	['key key-one', aSingle({ key: [] })],
	['key key-one', aSingle({ key: ['A', 'B'] })],
	['key key-unknown', aSingle({ key: ['D'] })],
	['key key-several', aMultiple({ key: ['A'] })],
	['options option-count', aSingle({ options: [{ text: '用工' }], key: ['A'] })],
	['options option-empty', aSingle({ options: [{ text: '签约' }, { text: ' ' }] })],
	['options option-twice', aSingle({ options: [{ text: '用工' }, { text: ' 用工。' }] })],
	['stem blank-marks', aFillIn({ stem: '算到【1】。' })],
	['blanks blank-empty', aFillIn({ stem: '算到【1】。', blanks: [{ accept: ['，'] }] })],
	['formula calculation', aNumeric({ formula: 'wage * (' })],
	['examples calculation', aNumeric({ examples: [{ wage: 4000, months: 3, answer: 1 }] })],
	['parameters calculation', aNumeric({ parameters: { wage: { min: 9, max: 1, step: 1 } } })],
	['pairs pair-count', aMatching({ pairs: [{ left: '甲', right: '乙' }] })],
	['pairs pair-twice', aMatching({ distractors: ['一个月'] })],
	['pairs pair-empty', aMatching({ pairs: [...aMatching().pairs, { left: '丁方', right: '' }] })],
	['items item-count', anOrdering({ items: ['一', '二'] })],
	['items item-twice', anOrdering({ items: ['一', '二', '二'] })],
	['reference reference-missing', aShortAnswer({ reference: '' })],
	['rubric rubric-points', aShortAnswer({ rubric: [] })],
	['words words-range', anEssay({ words: { min: 9, max: 1 } })],
	['situation situation-missing', aCaseWording({ situation: '' })],
	['questions case-count', aCaseWording({ questions: [aSingle()] })],
	['q2.key key-one', aCaseWording({ questions: [aTrueFalse(), aSingle({ key: [] })] })]
])('finds %s', (fault, wording) => {
	expect(faultsOf(wording)).toContain(fault);
});
