import type { SmallContent } from './content/parse-questions.ts';
import { letterOf } from './letters.ts';
import { formatRational, fromNumber } from './rational.ts';
import type { FormFields } from './wording-form.ts';

const plain = (value: number): string => formatRational(fromNumber(value));
const lined = (pairs: { text: string; why: string }[]): string =>
	pairs.map(({ text, why }) => (why ? `${text} | ${why}` : text)).join('\n');

/** A wording as the fields of its form: what `readWordingForm` reads back as the same. */
export function wordingFields(content: SmallContent): FormFields {
	const { id: code, kind, difficulty, articles, stem, explanation } = content;
	return { code, kind, difficulty: String(difficulty), articles, stem, explanation, ...fieldsOfKind(content) };
}

/** Several questions, or one, as the fields of one form. */
export function formFields(situation: string | null, contents: SmallContent[]): FormFields {
	const [first] = contents;
	if (situation === null) return first ? wordingFields(first) : {};
	const parts = contents.map((content, index) =>
		Object.fromEntries(Object.entries(wordingFields(content)).map(([name, value]) => [`q${index + 1}.${name}`, value]))
	);
	return Object.assign({ situation }, ...parts);
}

function fieldsOfKind(content: SmallContent): FormFields {
	switch (content.kind) {
		case 'single':
		case 'multiple':
			return {
				optionText: content.options.map(({ text }) => text),
				optionWhy: content.options.map(({ why = '' }) => why),
				right: content.options.flatMap((_, index) =>
					(content.key as string[]).includes(letterOf(index)) ? [letterOf(index)] : []
				),
				keepOrder: content.shuffle === false ? 'on' : ''
			};
		case 'true-false':
			return { judgement: String(content.key), why: content.why };
		case 'fill-in':
			return {
				blankKind: content.blanks.map((blank) => ('accept' in blank ? 'text' : 'number')),
				blankAnswers: content.blanks.map((blank) =>
					'accept' in blank ? blank.accept.join(' | ') : plain(blank.number)
				),
				blankMistakes: content.blanks.map(({ mistakes = [] }) =>
					lined(mistakes.map(({ answer, why }) => ({ text: answer, why })))
				)
			};
		case 'numeric':
			return {
				parameterName: Object.keys(content.parameters),
				parameterMin: Object.values(content.parameters).map(({ min }) => plain(min)),
				parameterMax: Object.values(content.parameters).map(({ max }) => plain(max)),
				parameterStep: Object.values(content.parameters).map(({ step }) => plain(step)),
				steps: (content.steps ?? []).map(({ name, formula }) => `${name} = ${formula}`).join('\n'),
				formula: content.formula,
				decimals: String(content.decimals),
				tolerance: plain(content.tolerance),
				unit: content.unit,
				mistakes: lined((content.mistakes ?? []).map(({ formula, why }) => ({ text: formula, why }))),
				examples: content.examples
					.map((example) =>
						[...Object.keys(content.parameters), 'answer']
							.flatMap((name) => (name in example ? [`${name} = ${plain(example[name]!)}`] : []))
							.join(', ')
					)
					.join('\n')
			};
		case 'matching':
			return {
				pairLeft: content.pairs.map(({ left }) => left),
				pairRight: content.pairs.map(({ right }) => right),
				distractors: (content.distractors ?? []).join('\n')
			};
		case 'ordering':
			return { items: content.items.join('\n') };
		case 'short-answer':
		case 'essay':
			return {
				reference: content.reference,
				criterion: content.rubric.map(({ criterion }) => criterion),
				criterionPoints: content.rubric.map(({ points }) => plain(points)),
				...(content.kind === 'essay' && {
					wordsMin: content.words?.min ? String(content.words.min) : '',
					wordsMax: content.words?.max ? String(content.words.max) : ''
				})
			};
	}
}
