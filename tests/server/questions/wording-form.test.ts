import { expect, test } from 'vitest';
import type { SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import { wordingFields } from '#lib/server/questions/wording-fields.ts';
import { readWordingForm } from '#lib/server/questions/wording-form.ts';
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

test.each<SmallContent>([
	aSingle(),
	aSingle({ shuffle: false }),
	aMultiple(),
	aTrueFalse(),
	aFillIn(),
	aNumeric(),
	aMatching(),
	aMatching({ distractors: undefined }),
	anOrdering(),
	aShortAnswer(),
	anEssay(),
	anEssay({ words: { min: 300 } })
])('the form of a $kind question says what the question says', (content) => {
	const { lesson: _, ...wording } = JSON.parse(JSON.stringify(content)) as SmallContent;
	expect(readWordingForm(wordingFields(content), content.kind)).toEqual({ content: wording, faults: [] });
});

test('empty rows are left out, and letters follow those that stay', () => {
	const { content } = readWordingForm({ optionText: ['签约', '', '用工', ''], right: ['C'] }, 'single');
	expect(content).toMatchObject({ options: [{ text: '签约' }, { text: '用工' }], key: ['B'] });
});

test('an article is added by its law and number', () => {
	const { content } = readWordingForm(
		{ articles: ['labour/1'], articleStatute: 'labour', articleNumber: '38-1' },
		'true-false'
	);
	expect(content.articles).toEqual(['labour/1', 'labour/38-1']);
});

test('says where something is no number, and where a line has no form', () => {
	const fields = { parameterName: ['wage', 'W'], parameterMin: ['三千'], steps: 'counted', examples: 'wage = x' };
	const { faults } = readWordingForm(fields, 'numeric');
	expect(faults.map(({ field, code }) => `${field} ${code.replace('question.', '')}`)).toEqual([
		'parameters number',
		'parameters name',
		'steps step-form',
		'examples number'
	]);
	expect(readWordingForm({}, 'true-false').faults).toEqual([
		{ field: 'judgement', code: 'question.judgement-missing' }
	]);
});
