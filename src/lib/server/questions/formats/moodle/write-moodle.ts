import type {
	ChoiceWording,
	ExchangeQuestion,
	FillInWording,
	SmallWording,
	WrittenWording
} from '../exchange-question.ts';
import { flatten, type FlatQuestion } from '../flat-questions.ts';
import type { Feature, Lose } from '../format.ts';
import { labelsOf } from '../labels.ts';
import { indexOfLetter } from '../letters.ts';
import { eachWritable } from '../writable.ts';
import { escapeXml } from '../xml/escape-xml.ts';
import { answerElement, proseElement, questionElement, simple, textElement } from './elements.ts';
import { calculatedParts } from './write-calculated.ts';
import { clozeText } from './write-cloze.ts';

/** Writes Moodle's XML. Stems and explanations stay Markdown; details are tags; a case is a description that its questions are tagged with. */
export async function* writeMoodleXml(
	questions: AsyncIterable<ExchangeQuestion>,
	lose: Lose
): AsyncGenerator<Uint8Array> {
	yield Buffer.from('<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n');
	for await (const { question, number } of eachWritable(questions, lose, { pictures: true })) {
		for (const entry of flatten(question, number))
			yield Buffer.from(element(entry, (feature) => lose(entry.place, feature)));
	}
	yield Buffer.from('</quiz>\n');
}

type LoseHere = (feature: Feature) => void;

/** The type that Moodle gives a question, its text, and the elements that only this type has. */
interface Typed {
	type: string;
	text: string;
	explanation: string;
	parts: string[];
	/** Bounds of an answer's length: Moodle counts words, which Chinese text has none of. */
	words?: string;
}

function element({ details, wording, caseKey, pictures = [] }: FlatQuestion, lose: LoseHere): string {
	const typed: Typed =
		wording.kind === 'situation'
			? { type: 'description', text: wording.text, explanation: '', parts: [] }
			: typedOf(wording, lose);
	const { type, text, explanation, parts, words } = typed;
	const labels = labelsOf({ details, ...(caseKey !== undefined && { caseKey }), ...(words && { words }) });
	return questionElement(type, [
		textElement('name', details.code ?? nameOf(text)),
		proseElement('questiontext', text, pictures),
		proseElement('generalfeedback', explanation, pictures),
		simple('defaultgrade', type === 'description' ? 0 : 1),
		simple('penalty', 0),
		simple('hidden', 0),
		simple('idnumber', details.code ?? ''),
		...parts,
		labels.length > 0
			? `<tags>${labels.map((label) => `<tag><text>${escapeXml(label)}</text></tag>`).join('')}</tags>`
			: ''
	]);
}

const nameOf = (text: string): string => [...text.replace(/\s+/g, ' ')].slice(0, 40).join('');

function typedOf(wording: SmallWording, lose: LoseHere): Typed {
	const { stem, explanation } = wording;
	const asked = (type: string, parts: string[]): Typed => ({ type, text: stem, explanation, parts });
	switch (wording.kind) {
		case 'single':
		case 'multiple':
			return asked('multichoice', choiceParts(wording, lose));
		case 'true-false': {
			const { key, why } = wording;
			return asked(
				'truefalse',
				[true, false].map((value) =>
					closed(answerElement(String(value), value === key ? 100 : 0, value === key ? '' : why, 'moodle_auto_format'))
				)
			);
		}
		case 'fill-in':
			return fillIn(wording, lose);
		case 'numeric': {
			const { parts, explanation } = calculatedParts(wording, lose);
			return { ...asked('calculated', parts), explanation };
		}
		case 'matching': {
			const sides = [...wording.pairs, ...(wording.distractors ?? []).map((right) => ({ left: '', right }))];
			const pairs = sides.map(
				({ left, right }) =>
					`<subquestion format="plain_text"><text>${escapeXml(left)}</text>${textElement('answer', right)}</subquestion>`
			);
			return asked('matching', [simple('shuffleanswers', 'true'), ...pairs]);
		}
		case 'ordering':
			return asked('ordering', [
				simple('layouttype', 'VERTICAL'),
				simple('selecttype', 'ALL'),
				simple('selectcount', 0),
				simple('gradingtype', 'ABSOLUTE_POSITION'),
				simple('showgrading', 'SHOW'),
				simple('numberingstyle', 'none'),
				...wording.items.map((item, index) => closed(answerElement(item, index + 1)))
			]);
		case 'short-answer':
		case 'essay':
			return written(wording, asked);
	}
}

const closed = (answer: string): string => `${answer}</answer>`;

function choiceParts({ kind, options, key, shuffle }: ChoiceWording, lose: LoseHere): string[] {
	const rights = new Set(key.map(indexOfLetter));
	const share = Math.round((100 / rights.size) * 1e5) / 1e5;
	if (options.some(({ why = '' }, index) => rights.has(index) && why !== '')) lose('reasons');
	return [
		simple('single', kind === 'single' ? 'true' : 'false'),
		simple('shuffleanswers', shuffle === false ? 'false' : 'true'),
		simple('answernumbering', 'ABCD'),
		...options.map(({ text, why = '' }, index) => {
			const isRight = rights.has(index);
			const fraction = isRight ? share : kind === 'multiple' ? -100 : 0;
			return closed(answerElement(text, fraction, isRight ? '' : why));
		})
	];
}

/** One blank at the end is a short or a numerical answer, which Moodle marks and shows better than a cloze. */
function fillIn(wording: FillInWording, lose: LoseHere): Typed {
	const { stem, explanation, blanks } = wording;
	const [only] = blanks;
	const before = stem.slice(0, -3);
	if (blanks.length > 1 || !only || !stem.endsWith('【1】') || before.trim() !== before || /^$|__/.test(before))
		return { type: 'cloze', text: clozeText(wording, lose), explanation, parts: [] };

	const { mistakes = [] } = only;
	if ('accept' in only) {
		const star = (text: string) => text.replaceAll('*', '\\*');
		const right = only.accept.map((text) => closed(answerElement(star(text), 100, '', 'moodle_auto_format')));
		const wrong = mistakes.map(({ answer, why }) => closed(answerElement(star(answer), 0, why, 'moodle_auto_format')));
		return { type: 'shortanswer', text: before, explanation, parts: [simple('usecase', 1), ...right, ...wrong] };
	}
	const typed = mistakes.filter(({ answer }) => /^-?\d+(\.\d+)?$/.test(answer));
	if (typed.length < mistakes.length) lose('mistakes');
	const numbers = [
		{ answer: String(only.number), why: '', fraction: 100 },
		...typed.map((each) => ({ ...each, fraction: 0 }))
	];
	const parts = numbers.map(({ answer, why, fraction }) =>
		closed(`${answerElement(answer, fraction, why, 'moodle_auto_format')}${simple('tolerance', 0)}`)
	);
	return { type: 'numerical', text: before, explanation, parts };
}

/** Fewer lines tell a short answer from an essay. */
export const linesOf = { 'short-answer': 5, essay: 15 };

function written(
	{ kind, reference, rubric, words }: WrittenWording,
	asked: (type: string, parts: string[]) => Typed
): Typed {
	const html = (text: string) => escapeXml(text).replaceAll('\n', '<br>');
	const criteria = rubric.map(({ criterion, points }) => `<li data-points="${points}">${html(criterion)}</li>`);
	const info = `<div>${html(reference)}</div><ol>${criteria.join('')}</ol>`;
	const isEmpty = reference === '' && rubric.length === 0;
	return {
		...asked('essay', [
			simple('responseformat', 'plain'),
			simple('responserequired', 1),
			simple('responsefieldlines', linesOf[kind]),
			simple('attachments', 0),
			textElement('graderinfo', isEmpty ? '' : info, 'html'),
			textElement('responsetemplate', '', 'html')
		]),
		...(words && { words: `${words.min ?? ''}-${words.max ?? ''}` })
	};
}
