import { openSource } from '../platform/content/source.ts';
import type { Problem } from '../platform/content/problem.ts';
import { checkNumeric } from './content/check-numeric.ts';
import { faultsOf } from './content/fault.ts';
import type {
	EssayContent,
	FillInContent,
	MatchingContent,
	MultipleContent,
	NumericContent,
	OrderingContent,
	ShortAnswerContent,
	SingleContent,
	SmallContent
} from './content/parse-questions.ts';
import { letterOf } from './letters.ts';
import { normaliseTyped } from './typed-answer.ts';
import type { Wording } from './wording.ts';

/** What is wrong with a wording, and at which field. */
export interface WordingFault {
	field: string;
	code: string;
	values?: Record<string, string | number>;
}

/** Why a wording could not be asked or scored; nothing where it can. Taste and completeness are left to the reviewer. */
export function checkWording(wording: Wording): WordingFault[] {
	if (wording.kind !== 'case') return checkSmall(wording);
	const { situation, questions } = wording;
	const faults: WordingFault[] = situation.trim() ? [] : [{ field: 'situation', code: 'question.situation-missing' }];
	if (questions.length < 2 || questions.length > 5) faults.push({ field: 'questions', code: 'question.case-count' });
	return [
		...faults,
		...questions.flatMap((question, index) =>
			checkSmall(question).map((fault) => ({ ...fault, field: `q${index + 1}.${fault.field}` }))
		)
	];
}

function checkSmall(content: SmallContent): WordingFault[] {
	const faults: WordingFault[] = content.stem.trim() ? [] : [{ field: 'stem', code: 'question.stem-missing' }];
	return [...faults, ...checkKind(content)];
}

function checkKind(content: SmallContent): WordingFault[] {
	switch (content.kind) {
		case 'single':
		case 'multiple':
			return checkOptions(content);
		case 'true-false':
			return [];
		case 'fill-in':
			return checkBlanks(content);
		case 'numeric':
			return checkCalculation(content);
		case 'matching':
			return checkPairs(content);
		case 'ordering':
			return checkItems(content);
		case 'short-answer':
		case 'essay':
			return checkRubric(content);
	}
}

function checkOptions({ kind, options, key }: SingleContent | MultipleContent): WordingFault[] {
	const faults: WordingFault[] = [];
	const texts = options.map(({ text }) => normaliseTyped(text) || text.trim());
	if (options.length < 2 || options.length > 8) faults.push({ field: 'options', code: 'question.option-count' });
	const empty = texts.indexOf('');
	if (empty >= 0) faults.push({ field: 'options', code: 'question.option-empty', values: { letter: letterOf(empty) } });
	const twice = texts.findIndex((text, index) => text !== '' && texts.indexOf(text) !== index);
	if (twice >= 0) faults.push({ field: 'options', code: 'question.option-twice', values: { letter: letterOf(twice) } });
	if (key.some((letter) => letter >= letterOf(options.length)))
		faults.push({ field: 'key', code: 'question.key-unknown' });
	else if (kind === 'single' && key.length !== 1) faults.push({ field: 'key', code: 'question.key-one' });
	else if (kind === 'multiple' && new Set(key).size < 2) faults.push({ field: 'key', code: 'question.key-several' });
	return faults;
}

function checkBlanks({ stem, blanks }: FillInContent): WordingFault[] {
	const faults: WordingFault[] = [];
	const marks = [...stem.matchAll(/【(\d*)】/g)].map((match) => Number(match[1]));
	if (blanks.length < 1 || blanks.length > 9) faults.push({ field: 'blanks', code: 'question.blank-count' });
	else if (marks.length !== blanks.length || marks.some((mark, index) => mark !== index + 1)) {
		const marks = blanks.map((_, index) => `【${index + 1}】`).join('');
		faults.push({ field: 'stem', code: 'question.blank-marks', values: { count: blanks.length, marks } });
	}
	const empty = blanks.findIndex(
		(blank) => 'accept' in blank && (blank.accept.length === 0 || blank.accept.some((text) => !normaliseTyped(text)))
	);
	if (empty >= 0) faults.push({ field: 'blanks', code: 'question.blank-empty', values: { number: empty + 1 } });
	return faults;
}

const fieldsOfProblems: Record<string, string> = {
	parameter: 'parameters',
	placeholder: 'stem',
	step: 'steps',
	example: 'examples',
	mistake: 'mistakes',
	formula: 'formula'
};

/** The checks of course files, in words of its own; not those that the bank leaves to the reviewer. */
function checkCalculation(content: NumericContent): WordingFault[] {
	const problems: Problem[] = [];
	const source = openSource('', problems);
	checkNumeric(source, content, faultsOf(source, content.id));
	const faults = problems.flatMap(({ code, values: { fault, field: stated, ...values } = {} }) => {
		const field = String(stated ?? fieldsOfProblems[code.split('.')[0] ?? ''] ?? '');
		const own = fault === undefined ? `calculation.${code.replace('.', '-')}` : `formula.${fault}`;
		return field === '' ? [] : [{ field, code: own, values }];
	});
	return faults.filter(({ field }, index) => faults.findIndex((other) => other.field === field) === index);
}

function checkPairs({ pairs, distractors = [] }: MatchingContent): WordingFault[] {
	const faults: WordingFault[] = [];
	const rights = [...pairs.map(({ right }) => right), ...distractors];
	if (pairs.length < 2 || pairs.length > 8) faults.push({ field: 'pairs', code: 'question.pair-count' });
	if (pairs.some(({ left, right }) => !left.trim() || !right.trim()))
		faults.push({ field: 'pairs', code: 'question.pair-empty' });
	if (hasTwice(pairs.map(({ left }) => left)) || hasTwice(rights))
		faults.push({ field: 'pairs', code: 'question.pair-twice' });
	if (rights.length > 10) faults.push({ field: 'distractors', code: 'question.pair-many' });
	return faults;
}

function checkItems({ items }: OrderingContent): WordingFault[] {
	const faults: WordingFault[] = [];
	if (items.length < 3 || items.length > 8) faults.push({ field: 'items', code: 'question.item-count' });
	if (items.some((item) => !item.trim()) || hasTwice(items))
		faults.push({ field: 'items', code: 'question.item-twice' });
	return faults;
}

function checkRubric(content: ShortAnswerContent | EssayContent): WordingFault[] {
	const faults: WordingFault[] = [];
	const { reference, rubric } = content;
	if (!reference.trim()) faults.push({ field: 'reference', code: 'question.reference-missing' });
	if (rubric.length === 0 || rubric.every(({ points }) => points <= 0) || rubric.some(({ points }) => points < 0))
		faults.push({ field: 'rubric', code: 'question.rubric-points' });
	const { min = 0, max = Infinity } = content.kind === 'essay' ? (content.words ?? {}) : {};
	if (min > max) faults.push({ field: 'words', code: 'question.words-range' });
	return faults;
}

const hasTwice = (texts: string[]): boolean =>
	new Set(texts.map((text) => normaliseTyped(text) || text)).size < texts.length;
