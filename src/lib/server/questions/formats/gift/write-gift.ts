import type {
	ChoiceWording,
	ExchangeBlank,
	ExchangeQuestion,
	FillInWording,
	SmallWording
} from '../exchange-question.ts';
import { flatten, type FlatQuestion } from '../flat-questions.ts';
import type { Feature, Lose } from '../format.ts';
import { labelsOf } from '../labels.ts';
import { indexOfLetter } from '../letters.ts';
import { eachWritable } from '../writable.ts';
import { escapeGift } from './gift-text.ts';
import { giftLeft } from './read-answers.ts';

/** Writes Moodle's GIFT: texts as Markdown, codes and details in the comment before each question. */
export async function* writeGift(questions: AsyncIterable<ExchangeQuestion>, lose: Lose): AsyncGenerator<Uint8Array> {
	for await (const { question, number } of eachWritable(questions, lose)) {
		for (const entry of flatten(question, number)) {
			const text = entryText(entry, (feature) => lose(entry.place, feature));
			if (text !== undefined) yield Buffer.from(`${text}\n\n`);
		}
	}
}

type LoseHere = (feature: Feature) => void;

function entryText(entry: FlatQuestion, lose: LoseHere): string | undefined {
	const { wording } = entry;
	if (wording.kind === 'situation') return `${headOf(entry)}[markdown]${escapeGift(wording.text)}`;
	const body = bodyOf(wording, lose);
	if (body === undefined) {
		lose('question');
		return undefined;
	}
	const explanation = wording.explanation === '' ? [] : [`####${escapeGift(wording.explanation)}`];
	const answers = [...body, ...explanation];
	const braces = answers.length === 0 ? '{}' : `{\n\t${answers.join('\n\t')}\n}`;
	const [before, after] = wording.kind === 'fill-in' ? splitStem(wording) : [wording.stem, ''];
	return `${headOf(entry)}[markdown]${escapeGift(before)}${braces}${escapeGift(after)}`;
}

function headOf({ details, caseKey }: FlatQuestion): string {
	const { code } = details;
	const id = code === undefined ? [] : [`[id:${escapeLabel(code)}]`];
	const labels = labelsOf({ details, ...(caseKey !== undefined && { caseKey }) });
	const comment = [...id, ...labels.map((label) => `[tag:${escapeLabel(label)}]`)];
	return `${comment.length > 0 ? `// ${comment.join(' ')}\n` : ''}${code === undefined ? '' : `::${escapeGift(code)}::`}`;
}

const escapeLabel = (text: string): string => text.replace(/[\\\]]/g, '\\$&').replaceAll('\n', '\\n');

function splitStem({ stem }: FillInWording): [string, string] {
	const at = stem.indexOf('【1】');
	return [stem.slice(0, at), stem.slice(at + 3)];
}

/** The lines between the braces, or nothing where GIFT has no such question. */
function bodyOf(wording: SmallWording, lose: LoseHere): string[] | undefined {
	switch (wording.kind) {
		case 'single':
		case 'multiple':
			return choiceLines(wording, lose);
		case 'true-false':
			return [`${wording.key ? 'TRUE' : 'FALSE'}${wording.why === '' ? '' : `#${escapeGift(wording.why)}`}`];
		case 'fill-in':
			return wording.blanks.length === 1 ? blankLines(wording.blanks[0]!, lose) : undefined;
		case 'matching': {
			const extra = (wording.distractors ?? []).map((right) => `= -> ${escapeGift(right)}`);
			const pairs = wording.pairs.map(({ left, right }) => `=${option(giftLeft(left))} -> ${escapeGift(right)}`);
			return [...pairs, ...extra];
		}
		case 'short-answer':
		case 'essay':
			if (wording.kind === 'short-answer') lose('kind');
			if (wording.reference !== '') lose('reference');
			if (wording.rubric.length > 0) lose('rubric');
			if (wording.words) lose('length');
			return [];
		default:
			return undefined;
	}
}

/** Options are plain texts; those that would look like Markdown, HTML or a mark of the format say so. */
function option(text: string): string {
	const plain = /[*_`<>[\]&\\]|^\d+[.)]|^[-+]/.test(text) || text.startsWith('%') ? '[plain]' : '';
	return `${plain}${escapeGift(text)}`;
}

function choiceLines({ kind, options, key, shuffle }: ChoiceWording, lose: LoseHere): string[] {
	if (shuffle === false) lose('fixed-order');
	const rights = new Set(key.map(indexOfLetter));
	const share = Math.round((100 / rights.size) * 1e5) / 1e5;
	if (options.some(({ why = '' }, index) => rights.has(index) && why !== '')) lose('reasons');
	return options.map(({ text, why = '' }, index) => {
		const isRight = rights.has(index);
		const mark = kind === 'single' ? (isRight ? '=' : '~') : `~%${isRight ? share : -100}%`;
		return `${mark}${option(text)}${isRight || why === '' ? '' : `#${escapeGift(why)}`}`;
	});
}

/** Nothing where every answer holds an arrow: Moodle would take them for pairs. */
function blankLines(blank: ExchangeBlank, lose: LoseHere): string[] | undefined {
	const { mistakes = [] } = blank;
	if ('accept' in blank) {
		const lines = [
			...blank.accept.map((text) => `=${text.startsWith('%') ? '%100%' : ''}${escapeGift(text)}`),
			...mistakes.map(({ answer, why }) => `=%0%${escapeGift(answer)}#${escapeGift(why)}`)
		];
		return lines.every((line) => line.includes('->')) ? undefined : lines;
	}
	const typed = mistakes.filter(({ answer }) => /^-?\d+(\.\d+)?$/.test(answer));
	if (typed.length < mistakes.length) lose('mistakes');
	return [`#=${blank.number}:0`, ...typed.map(({ answer, why }) => `=%0%${answer}:0#${escapeGift(why)}`)];
}
