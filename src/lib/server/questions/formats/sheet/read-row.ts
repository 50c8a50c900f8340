import type { FailureValues } from '#lib/server/platform/errors.ts';
import type { Details, ExchangeBlank, SmallWording } from '../exchange-question.ts';
import type { FlatQuestion } from '../flat-questions.ts';
import { letterAt } from '../letters.ts';
import { splitList, unescapeMarks } from './cells.ts';
import { kindOf, letters, useOf } from './columns.ts';
import type { RowValues } from './read-sheet-file.ts';

type Refuse = (code: string, values?: FailureValues) => void;

/** What a row says, or nothing where it was refused. */
export function readRow(values: RowValues, refuse: Refuse): Omit<FlatQuestion, 'place'> | undefined {
	const kind = kindOf(values.kind ?? '');
	if (!kind) {
		refuse('formats.kind', { kind: (values.kind ?? '').slice(0, 20) });
		return undefined;
	}
	if (kind === 'numeric') {
		refuse('formats.sheet-numeric');
		return undefined;
	}
	const details = detailsOf(values, refuse);
	if (!details) return undefined;
	const caseKey = values.case || undefined;
	if (kind === 'case') {
		const key = caseKey ?? details.code;
		return { details, wording: { kind: 'situation', text: values.stem ?? '' }, ...(key && { caseKey: key }) };
	}
	const wording = wordingOf(kind, values, refuse);
	return wording && { details, wording, ...(caseKey !== undefined && { caseKey }) };
}

function detailsOf(values: RowValues, refuse: Refuse): Details | undefined {
	const { code, topic = '', use = '' } = values;
	const difficulty = (values.difficulty ?? '').normalize('NFKC');
	if (difficulty !== '' && !/^[1-5]$/.test(difficulty)) {
		refuse('formats.difficulty');
		return undefined;
	}
	const kindOfUse = useOf(use);
	if (use !== '' && !kindOfUse) {
		refuse('formats.use', { use: use.slice(0, 20) });
		return undefined;
	}
	return {
		...(code && { code }),
		articles: splitList((values.articles ?? '').replace(beforeArticle, '\\,'), ';；,，、\n').map(unescapeMarks),
		...(difficulty !== '' && { difficulty: Number(difficulty) }),
		topic,
		tags: splitList(values.tags ?? '', ';；,，、\n').map(unescapeMarks),
		...(kindOfUse && { use: kindOfUse })
	};
}

/** The comma of “Labour Law, Article 44” separates nothing. */
const beforeArticle = /(?<!\\),(?=\s*art(?:icle|\.)\s*\d)/gi;

const optionsOf = (values: RowValues): string[] => {
	const cells = letters.map((letter) => values[`option${letter}`] ?? '');
	return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
};

function wordingOf(
	kind: Exclude<SmallWording['kind'], 'numeric'>,
	values: RowValues,
	refuse: Refuse
): SmallWording | undefined {
	const common = { stem: values.stem ?? '', explanation: values.explanation ?? '' };
	const options = optionsOf(values);
	const answer = values.answer ?? '';
	const reasons = (letter: (typeof letters)[number]) => values[`why${letter}`] ?? '';
	switch (kind) {
		case 'single':
		case 'multiple':
			return {
				...common,
				kind,
				options: options.map((text, index) => {
					const why = reasons(letters[index]!);
					return { text, ...(why !== '' && { why }) };
				}),
				key: [
					...answer
						.normalize('NFKC')
						.toUpperCase()
						.replace(/[\s,、;.|/]+/g, '')
				].sort()
			};
		case 'true-false': {
			const key = truthOf(answer);
			if (key === undefined) refuse('formats.truth');
			return key === undefined ? undefined : { ...common, kind, key, why: reasons('A') };
		}
		case 'fill-in':
			return { ...common, kind, blanks: splitList(answer, ';；\n').map(blankOf) };
		case 'matching': {
			const sides = options.map(sidesOf);
			const distractors = sides.filter(({ left }) => left === '').map(({ right }) => right);
			const pairs = sides.filter(({ left }) => left !== '');
			return { ...common, kind, pairs, ...(distractors.length > 0 && { distractors }) };
		}
		case 'ordering':
			return ordered(common, options, answer, refuse);
		case 'short-answer':
		case 'essay':
			return { ...common, kind, reference: answer, rubric: options.map(criterionOf) };
	}
}

function truthOf(answer: string): boolean | undefined {
	const plain = answer.normalize('NFKC').toLowerCase().trim();
	if (['对', '正确', '是', '√', '✓', '✔', 't', 'true', 'a', '1', 'yes'].includes(plain)) return true;
	if (['错', '错误', '否', '×', '✗', '✘', 'x', 'f', 'false', 'b', '0', 'no'].includes(plain)) return false;
	return undefined;
}

const plainNumber = /^\d+(\.\d+)?$/;

function blankOf(cell: string): ExchangeBlank {
	const forms = splitList(cell, '|｜');
	const [only = ''] = forms;
	if (forms.length === 1 && plainNumber.test(only)) return { number: Number(only) };
	return { accept: forms.map(unescapeMarks) };
}

function sidesOf(cell: string): { left: string; right: string } {
	for (let at = 0; at < cell.length; at++) {
		const length = cell[at] === '→' ? 1 : cell.startsWith('->', at) ? 2 : 0;
		if (length > 0)
			return { left: unescapeMarks(cell.slice(0, at).trim()), right: unescapeMarks(cell.slice(at + length).trim()) };
		if (cell[at] === '\\') at++;
	}
	return { left: unescapeMarks(cell), right: '' };
}

function criterionOf(cell: string): { criterion: string; points: number } {
	const match = /[|｜]\s*(\d+(?:\.\d+)?)\s*分?$/.exec(cell);
	const before = cell.slice(0, match?.index).trimEnd();
	const isEscaped = /(^|[^\\])(\\\\)*\\$/.test(before);
	if (!match || isEscaped) return { criterion: unescapeMarks(cell), points: 1 };
	return { criterion: unescapeMarks(before), points: Number(match[1]) };
}

/** Items stand in their right order, or the answer says in which order they would. */
function ordered(
	common: { stem: string; explanation: string },
	options: string[],
	answer: string,
	refuse: Refuse
): SmallWording | undefined {
	const order = answer
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[^A-Z]/g, '');
	const stated = options.map((_, index) => letterAt(index)).join('');
	if (order !== '' && [...order].sort().join('') !== stated) {
		refuse('formats.order');
		return undefined;
	}
	const items = order === '' ? options : [...order].map((letter) => options[letter.charCodeAt(0) - 65]!);
	return { ...common, kind: 'ordering', items };
}
