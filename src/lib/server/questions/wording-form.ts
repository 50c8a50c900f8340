import type { QuestionKind } from '#lib/schemas/questions.ts';
import { checkWording, type WordingFault } from './check-wording.ts';
import { type BlankContent, type SmallContent, type SmallKind, smallKinds } from './content/parse-questions.ts';
import { letterOf } from './letters.ts';
import { readDecimal } from './rational.ts';
import type { Wording } from './wording.ts';

/** The fields of a form by name; those of lists hold one text for each row. */
export type FormFields = Record<string, unknown>;

/** What a form says, and where it cannot be read. Rows that are empty are left out. */
export interface ReadWording {
	content: SmallContent;
	faults: WordingFault[];
}

/** Reads the form of one question. Whatever was typed makes a wording; whether it is sound is another matter. */
export function readWordingForm(fields: FormFields, kind: SmallKind): ReadWording {
	const faults: WordingFault[] = [];
	const text = (name: string) =>
		String(fields[name] ?? '')
			.trim()
			.replaceAll('\r\n', '\n');
	const list = (name: string) => [fields[name] ?? []].flat().map((each) => String(each).trim());
	const lines = (name: string) =>
		text(name)
			.split('\n')
			.map((line) => line.trim())
			.filter(Boolean);
	const number = (typed: string, field: string, fallback = 0) => {
		if (typed === '') return fallback;
		if (readDecimal(typed)) return Number(typed);
		faults.push({ field, code: 'question.number', values: { typed } });
		return fallback;
	};

	const common = {
		id: text('code'),
		difficulty: Number(text('difficulty')) || 3,
		articles: articlesIn(list('articles'), text('articleStatute'), text('articleNumber')),
		stem: text('stem'),
		explanation: text('explanation')
	};
	const read = { text, list, lines, number, faults };
	return { content: { ...common, ...readers[kind](read) } as SmallContent, faults };
}

interface Reading {
	text: (name: string) => string;
	list: (name: string) => string[];
	lines: (name: string) => string[];
	number: (typed: string, field: string, fallback?: number) => number;
	faults: WordingFault[];
}

const readers: Record<SmallKind, (read: Reading) => object> = {
	single: (read) => readChoice(read, 'single'),
	multiple: (read) => readChoice(read, 'multiple'),
	'true-false': ({ text, faults }) => {
		if (!text('judgement')) faults.push({ field: 'judgement', code: 'question.judgement-missing' });
		return { kind: 'true-false', key: text('judgement') === 'true', why: text('why') };
	},
	'fill-in': readBlanks,
	numeric: readCalculation,
	matching: ({ list, lines }) => {
		const rights = list('pairRight');
		const pairs = list('pairLeft').map((left, index) => ({ left, right: rights[index] ?? '' }));
		const distractors = lines('distractors');
		return {
			kind: 'matching',
			pairs: pairs.filter(({ left, right }) => left || right),
			...(distractors.length > 0 && { distractors })
		};
	},
	ordering: ({ lines }) => ({ kind: 'ordering', items: lines('items') }),
	'short-answer': (read) => ({ kind: 'short-answer', ...readRubric(read) }),
	essay: (read) => {
		const [min, max] = ['wordsMin', 'wordsMax'].map((name) => read.number(read.text(name), 'words'));
		const words = { ...(min && { min }), ...(max && { max }) };
		return { kind: 'essay', ...readRubric(read), ...(Object.keys(words).length > 0 && { words }) };
	}
};

function readChoice({ list, text }: Reading, kind: 'single' | 'multiple') {
	const [whys, right] = [list('optionWhy'), list('right')];
	const rows = list('optionText').map((text, index) => ({
		text,
		why: whys[index],
		right: right.includes(letterOf(index))
	}));
	const kept = rows.filter(({ text, right }) => text || right);
	return {
		kind,
		options: kept.map(({ text, why }) => ({ text, ...(why && { why }) })),
		key: kept.flatMap(({ right }, index) => (right ? [letterOf(index)] : [])),
		...(text('keepOrder') && { shuffle: false })
	};
}

function readBlanks({ list, number }: Reading) {
	const [kinds, mistakes] = [list('blankKind'), list('blankMistakes')];
	const blanks = list('blankAnswers').map((typed, index): BlankContent & { typed: string } => {
		const wrong = pairsIn((mistakes[index] ?? '').split('\n')).map(([answer, why]) => ({ answer, why }));
		const shared = { ...(wrong.length > 0 && { mistakes: wrong }), typed };
		if (kinds[index] === 'number') return { number: number(typed, 'blanks'), ...shared };
		return {
			accept: typed
				.split(/[|｜]/)
				.map((form) => form.trim())
				.filter(Boolean),
			...shared
		};
	});
	return { kind: 'fill-in', blanks: blanks.filter(({ typed }) => typed).map(({ typed: _, ...blank }) => blank) };
}

function readCalculation({ list, lines, text, number, faults }: Reading) {
	const [min, max, step] = ['parameterMin', 'parameterMax', 'parameterStep'].map(list);
	const ranges = list('parameterName').map((name, index) => {
		const at = (column: string[] | undefined, fallback = 0) => number(column?.[index] ?? '', 'parameters', fallback);
		return [name, { min: at(min), max: at(max), step: at(step, 1) }] as const;
	});
	const named = ranges.filter(([name]) => name);
	if (named.some(([name]) => !/^[a-z][a-z0-9_]+$/.test(name)))
		faults.push({ field: 'parameters', code: 'question.name' });
	const steps = lines('steps').map((line) => {
		const match = /^([a-z][a-z0-9_]+)\s*=\s*(.+)$/.exec(line);
		if (!match) faults.push({ field: 'steps', code: 'question.step-form', values: { line } });
		return { name: match?.[1] ?? '', formula: match?.[2] ?? '' };
	});
	const mistakes = pairsIn(lines('mistakes')).map(([formula, why]) => ({ formula, why }));
	return {
		kind: 'numeric',
		parameters: Object.fromEntries(named),
		...(steps.length > 0 && { steps }),
		formula: text('formula'),
		decimals: Math.min(6, Math.max(0, Math.trunc(number(text('decimals'), 'decimals')))),
		tolerance: number(text('tolerance'), 'tolerance'),
		unit: text('unit'),
		...(mistakes.length > 0 && { mistakes }),
		examples: lines('examples').map((line) =>
			Object.fromEntries(
				line.split(/[,，]/).map((part) => {
					const [name = '', value = ''] = part.split('=').map((each) => each.trim());
					return [name, number(value, 'examples')];
				})
			)
		)
	};
}

function readRubric({ text, list, number }: Reading) {
	const points = list('criterionPoints');
	const rows = list('criterion').map((criterion, index) => ({ criterion, points: points[index] ?? '' }));
	return {
		reference: text('reference'),
		rubric: rows
			.filter(({ criterion }) => criterion)
			.map(({ criterion, points }) => ({ criterion, points: number(points, 'rubric', 1) }))
	};
}

/** `answer | why` in each line. */
const pairsIn = (lines: string[]): [string, string][] =>
	lines
		.filter((line) => line.trim())
		.map((line) => {
			const [first = '', ...rest] = line.split(/[|｜]/);
			return [first.trim(), rest.join('|').trim()];
		});

/** Ticked articles, and the one that was named by its law and number. */
const articlesIn = (ticked: string[], statute: string, number: string): string[] => [
	...new Set([...ticked.filter(Boolean), ...(statute && number ? [`${statute}/${number}`] : [])])
];

/** Most questions of one case. */
export const mostParts = 5;

/** Reads the form of a question of any kind. Those of a case have their fields behind `q1.` to `q5.`; a ticked `drop` leaves one out. */
export function readForm(fields: FormFields, kind: QuestionKind): { content: Wording; faults: WordingFault[] } {
	if (kind !== 'case') {
		const { content, faults } = readWordingForm(fields, kind);
		return { content, faults: withSoundness(faults, content) };
	}
	const parts = partsIn(fields).filter(({ fields }) => !fields.drop);
	const read = parts.map(({ prefix, kind, fields }) => ({ prefix, ...readWordingForm(fields, kind) }));
	const content: Wording = {
		kind: 'case',
		situation: String(fields.situation ?? '').trim(),
		questions: read.map(({ content }) => content)
	};
	const own = checkWording(content).filter(({ field }) => !/^q\d/.test(field));
	const inParts = read.flatMap(({ prefix, content, faults }) =>
		withSoundness(faults, content).map((fault) => ({ ...fault, field: prefix + fault.field }))
	);
	return { content, faults: [...own, ...inParts] };
}

/** What cannot be read need not be checked as well. */
const withSoundness = (faults: WordingFault[], content: SmallContent): WordingFault[] =>
	faults.length > 0 ? faults : checkWording(content);

/** The questions of a case in a form, each with its own fields. */
export function partsIn(fields: FormFields): { prefix: string; kind: SmallKind; fields: FormFields }[] {
	return Array.from({ length: mostParts }, (_, index) => `q${index + 1}.`).flatMap((prefix) => {
		const own = Object.entries(fields).flatMap(([name, value]) =>
			name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : []
		);
		const inside = Object.fromEntries(own);
		const kind = smallKinds.find((kind) => kind === inside.kind);
		return kind ? [{ prefix, kind, fields: inside }] : [];
	});
}
