import { afterEach, expect, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { checkWording } from '#lib/server/questions/check-wording.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
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

afterEach(() => overwriteGetLocale(() => 'zh-CN'));

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
	['formula formula.ended', aNumeric({ formula: 'wage * (' })],
	['formula formula.function', aNumeric({ formula: 'sqrt(wage)' })],
	['formula formula.zero', aNumeric({ formula: 'wage / (months - months)' })],
	['formula calculation.formula-name', aNumeric({ formula: 'wage * pay' })],
	['formula calculation.formula-rounding', aNumeric({ formula: 'wage / 7' })],
	['formula calculation.formula-negative', aNumeric({ formula: 'months - wage' })],
	['steps calculation.step-name', aNumeric({ steps: [{ name: 'wage', formula: '1' }] })],
	['stem calculation.placeholder-unknown', aNumeric({ stem: '月工资 {wage} 元，满 {months} 个月，{pay}？' })],
	['stem calculation.placeholder-missing', aNumeric({ stem: '月工资 {wage} 元？' })],
	['explanation calculation.placeholder-unknown', aNumeric({ explanation: '{pay} {answer}' })],
	['examples calculation.example-answer', aNumeric({ examples: [{ wage: 4000, months: 3, answer: 1 }] })],
	['examples calculation.example-range', aNumeric({ examples: [{ wage: 1, months: 3, answer: 2 }] })],
	['examples calculation.example-fields', aNumeric({ examples: [{ wage: 4000 }] })],
	['mistakes calculation.mistake-same', aNumeric({ mistakes: [{ formula: 'wage * counted', why: '同' }] })],
	['parameters calculation.parameter-none', aNumeric({ parameters: {} })],
	['parameters calculation.parameter-range', aNumeric({ parameters: { wage: { min: 9, max: 1, step: 1 } } })],
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

test('every fault of a calculation has its words in both languages', () => {
	const unsound = [
		aNumeric({ formula: 'wage * (' }),
		aNumeric({ parameters: { wage: { min: 9, max: 1, step: 1 } } }),
		aNumeric({ mistakes: [{ formula: 'wage * counted', why: '同' }] }),
		aNumeric({ examples: [{ wage: 4000, months: 3, answer: 1 }] })
	];
	const said = (locale: 'zh-CN' | 'en') => {
		overwriteGetLocale(() => locale);
		return unsound.flatMap(checkWording).map(({ code, values }) => errorMessage(code, values));
	};
	expect(said('zh-CN')).not.toContain(m.error_unexpected());
	expect(said('en')).not.toContain(m.error_unexpected());
	expect(said('en').join(' ')).not.toMatch(/\p{Script=Han}/u);
	const [fault] = checkWording(aNumeric({ examples: [{ wage: 4000, months: 3, answer: 1 }] }));
	expect(errorMessage(fault!.code, fault!.values)).toBe('Example 1: the formula gives 8000, not 1.');
});
