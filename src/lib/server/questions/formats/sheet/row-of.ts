import type {
	ChoiceWording,
	ExchangeBlank,
	MatchingWording,
	SmallWording,
	WrittenWording
} from '../exchange-question.ts';
import type { FlatQuestion } from '../flat-questions.ts';
import type { Feature } from '../format.ts';
import { letterAt } from '../letters.ts';
import { escapeMarks, joinList } from './cells.ts';
import { kindNames, letters, useNames, type SheetField } from './columns.ts';
import type { RowValues } from './read-sheet-file.ts';

type LoseHere = (feature: Feature) => void;

const listMarks = ';；,，、';

/** A question as a row, or nothing where the columns cannot carry it. */
export function rowOf({ details, wording, caseKey }: FlatQuestion, lose: LoseHere): RowValues | undefined {
	const { code, articles, difficulty, topic, tags, use } = details;
	const shared: RowValues = {
		articles: joinList(articles, '；', listMarks),
		difficulty: difficulty === undefined ? '' : String(difficulty),
		topic,
		tags: joinList(tags, '；', listMarks),
		...(code !== undefined && { code }),
		...(use && { use: useNames[use][0]! }),
		...(caseKey !== undefined && { case: caseKey })
	};
	if (wording.kind === 'situation') return { ...shared, kind: kindNames.case[0]!, stem: wording.text };
	const own = ownCells(wording, lose);
	if (!own) {
		lose('question');
		return undefined;
	}
	const { stem, explanation, kind } = wording;
	return { ...shared, kind: kindNames[kind][0]!, stem, explanation, ...own };
}

function ownCells(wording: SmallWording, lose: LoseHere): RowValues | undefined {
	switch (wording.kind) {
		case 'single':
		case 'multiple':
			return choiceCells(wording, lose);
		case 'true-false':
			return { answer: wording.key ? '对' : '错', whyA: wording.why };
		case 'fill-in':
			if (wording.blanks.some(({ mistakes = [] }) => mistakes.length > 0)) lose('mistakes');
			return { answer: wording.blanks.map(blankCell).join('；') };
		case 'matching':
			return matchingCells(wording, lose);
		case 'ordering':
			return { ...inOptions(wording.items), answer: wording.items.map((_, index) => letterAt(index)).join('') };
		case 'short-answer':
		case 'essay':
			return writtenCells(wording, lose);
		default:
			return undefined;
	}
}

const inOptions = (texts: string[]): RowValues =>
	Object.fromEntries(texts.map((text, index) => [`option${letters[index]}` as SheetField, text]));

function choiceCells({ options, key, shuffle }: ChoiceWording, lose: LoseHere): RowValues {
	if (shuffle === false) lose('fixed-order');
	const whys = options.map(({ why = '' }, index) => [`why${letters[index]}`, why]);
	return { ...inOptions(options.map(({ text }) => text)), answer: key.join(''), ...Object.fromEntries(whys) };
}

const plainNumber = /^\d+(\.\d+)?$/;

/** A number stands as it is; a text that looks like one starts with a backslash. */
function blankCell(blank: ExchangeBlank): string {
	if ('number' in blank) return String(blank.number);
	const [only] = blank.accept;
	if (blank.accept.length === 1 && plainNumber.test(only!)) return `\\${only}`;
	return joinList(blank.accept, '|', ';；|｜\n');
}

function matchingCells({ pairs, distractors = [] }: MatchingWording, lose: LoseHere): RowValues {
	const side = (text: string) => escapeMarks(text, '→').replaceAll('->', '\\->');
	const cells = [
		...pairs.map(({ left, right }) => `${side(left)} → ${side(right)}`),
		...distractors.map((right) => `→ ${side(right)}`)
	];
	if (cells.length > letters.length) lose('distractors');
	return inOptions(cells.slice(0, letters.length));
}

function writtenCells({ reference, rubric, words }: WrittenWording, lose: LoseHere): RowValues {
	if (words) lose('length');
	if (rubric.length > letters.length) lose('rubric');
	const criteria = rubric
		.slice(0, letters.length)
		.map(({ criterion, points }) => `${escapeMarks(criterion, '|｜')} | ${points}`);
	return { ...inOptions(criteria), answer: reference };
}
