import type { Read, Reader, Spot } from '#lib/server/platform/content/read-yaml.ts';
import { isMap, readYaml, refuse, scalarAt } from '#lib/server/platform/content/read-yaml.ts';
import {
	date,
	list,
	mapping,
	number,
	oneOf,
	prose,
	slug,
	whole,
	word,
	yesNo
} from '#lib/server/platform/content/readers.ts';
import { optional, record } from '#lib/server/platform/content/record.ts';
import { report, type Source } from '#lib/server/platform/content/source.ts';
import { addressReader } from '#lib/server/statutes/content/article-address.ts';

/** Kinds of questions that can be asked by themselves. */
export const smallKinds = [
	'single',
	'multiple',
	'true-false',
	'fill-in',
	'numeric',
	'matching',
	'ordering',
	'short-answer',
	'essay'
] as const;
export type SmallKind = (typeof smallKinds)[number];

/** Kinds whose answers a person marks. */
export const manualKinds = ['short-answer', 'essay'] as const satisfies SmallKind[];

/** Whether a person marks the answers to questions of this kind. */
export const isManual = (kind: string): kind is (typeof manualKinds)[number] =>
	(manualKinds as readonly string[]).includes(kind);

const kinds = [...smallKinds, 'case'] as const;
const questionId = word(/^[a-z]{2,8}-\d{4}$/, '课程缩写、短横、四位数字，例如 lc-0301');
const caseId = word(/^[a-z]{2,8}-\d{2}c\d{1,2}$/, '案例组编号，例如 lc-03c1');
const letter = oneOf('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H');
const name = /^[a-z][a-z0-9_]+$/;

const common = {
	lesson: optional(slug),
	difficulty: whole(1, 5),
	articles: list(addressReader, { min: 1 }),
	stem: prose,
	explanation: prose,
	from: optional(date),
	until: optional(date)
};
const option = record({ text: prose, why: optional(prose) });
const choice = { shuffle: optional(yesNo) };
const typed: Reader<string> = (spot) => {
	const value = scalarAt(spot)?.value;
	return typeof value === 'number' ? String(value) : prose(spot);
};
const blankMistakes = optional(list(record({ answer: typed, why: prose }), { min: 1 }));
const numberBlank = record({ number: number(), mistakes: blankMistakes });
const textBlank = record({ accept: list(typed, { min: 1 }), mistakes: blankMistakes });
const blank: Reader<Read<typeof numberBlank> | Read<typeof textBlank>> = (spot) =>
	isMap(spot.node) && spot.node.has('accept') ? textBlank(spot) : numberBlank(spot);

const step: Reader<{ name: string; formula: string }> = (spot) => {
	const match = /^([a-z][a-z0-9_]+) = (.+)$/.exec(prose(spot) ?? '');
	return match
		? { name: match[1]!, formula: match[2]! }
		: refuse(spot, 'step.form', `${spot.name} 应当写成“名 = 算式”`);
};
const named =
	<T>(reader: Reader<Record<string, T>>): Reader<Record<string, T>> =>
	(spot) => {
		const found = reader(spot);
		const wrong = Object.keys(found ?? {}).find((key) => !name.test(key));
		return wrong ? refuse(spot, 'parameter.name', `名字 ${wrong} 应当是小写英文，至少两个字母`) : found;
	};
const formula: Reader<string> = (spot) => {
	const value = scalarAt(spot)?.value;
	return typeof value === 'number' ? String(value) : prose(spot);
};
const range = record({ min: number(), max: number(), step: number() });

const pair = record({ left: prose, right: prose });
const rubric = list(record({ criterion: prose, points: number() }), { min: 1, max: 20 });

const kindFields = {
	single: {
		...choice,
		kind: oneOf('single'),
		options: list(option, { min: 3, max: 8 }),
		key: list(letter, { min: 1, max: 1 })
	},
	multiple: {
		...choice,
		kind: oneOf('multiple'),
		options: list(option, { min: 4, max: 8 }),
		key: list(letter, { min: 2 })
	},
	'true-false': { kind: oneOf('true-false'), key: yesNo, why: prose },
	'fill-in': { kind: oneOf('fill-in'), blanks: list(blank, { min: 1, max: 9 }) },
	numeric: {
		kind: oneOf('numeric'),
		parameters: named(mapping(range)),
		steps: optional(list(step, { min: 1, max: 30 })),
		formula,
		decimals: whole(0, 6),
		tolerance: number(),
		unit: prose,
		mistakes: optional(list(record({ formula, why: prose }), { min: 1 })),
		examples: list(named(mapping(number())), { min: 2 })
	},
	matching: {
		kind: oneOf('matching'),
		pairs: list(pair, { min: 2, max: 8 }),
		distractors: optional(list(prose, { min: 1, max: 8 }))
	},
	ordering: { kind: oneOf('ordering'), items: list(prose, { min: 3, max: 8 }) },
	'short-answer': { kind: oneOf('short-answer'), reference: prose, rubric },
	essay: {
		kind: oneOf('essay'),
		reference: prose,
		rubric,
		words: optional(record({ min: optional(whole(1, 20_000)), max: optional(whole(1, 20_000)) }))
	}
};

const small = {
	single: record({ id: questionId, ...common, ...kindFields.single }),
	multiple: record({ id: questionId, ...common, ...kindFields.multiple }),
	'true-false': record({ id: questionId, ...common, ...kindFields['true-false'] }),
	'fill-in': record({ id: questionId, ...common, ...kindFields['fill-in'] }),
	numeric: record({ id: questionId, ...common, ...kindFields.numeric }),
	matching: record({ id: questionId, ...common, ...kindFields.matching }),
	ordering: record({ id: questionId, ...common, ...kindFields.ordering }),
	'short-answer': record({ id: questionId, ...common, ...kindFields['short-answer'] }),
	essay: record({ id: questionId, ...common, ...kindFields.essay })
};

export type SingleContent = Read<typeof small.single>;
export type MultipleContent = Read<typeof small.multiple>;
export type TrueFalseContent = Read<(typeof small)['true-false']>;
export type FillInContent = Read<(typeof small)['fill-in']>;
export type NumericContent = Read<typeof small.numeric>;
/** Left sides with the right side that belongs to each; distractors are right sides that belong to none. */
export type MatchingContent = Read<typeof small.matching>;
/** Items in their right order. */
export type OrderingContent = Read<typeof small.ordering>;
export type ShortAnswerContent = Read<(typeof small)['short-answer']>;
/** `words` bounds the length of an answer, counted in characters. */
export type EssayContent = Read<typeof small.essay>;
export type BlankContent = FillInContent['blanks'][number];
/** A question that can be asked by itself. */
export type SmallContent =
	| SingleContent
	| MultipleContent
	| TrueFalseContent
	| FillInContent
	| NumericContent
	| MatchingContent
	| OrderingContent
	| ShortAnswerContent
	| EssayContent;

const subQuestion: Reader<SmallContent> = (spot) => {
	const question = questionOf(spot, smallKinds) as SmallContent | undefined;
	if (!question?.lesson) return question;
	return refuse(spot, 'case.lesson', '案例各问随案例，不写 lesson');
};
const caseRecord = record({
	id: caseId,
	kind: oneOf('case'),
	lesson: slug,
	situation: prose,
	questions: list(subQuestion, { min: 2, max: 5 }),
	from: optional(date),
	until: optional(date)
});
/** A situation with questions that do not depend on each other. */
export type CaseContent = Read<typeof caseRecord>;
/** A question as its author wrote it. */
export type QuestionContent = SmallContent | CaseContent;

/** Chooses the shape by `kind`, and puts the question's id on every problem found inside. */
function questionOf(spot: Spot, allowed: readonly (typeof kinds)[number][]): QuestionContent | undefined {
	const { node, source } = spot;
	if (!isMap(node)) return refuse(spot, 'field.type', `${spot.name} 应当由字段组成`);
	const kind = kinds.find((each) => each === node.get('kind'));
	const { problems } = source;
	const before = problems.length;
	const id = node.get('id');
	const shown = typeof id === 'string' ? id : undefined;
	let question: QuestionContent | undefined;
	if (!kind || !allowed.includes(kind)) refuse(spot, 'question.kind', `kind 只能是 ${allowed.join('、')}`);
	else question = kind === 'case' ? caseRecord(spot) : small[kind](spot);
	if (shown) for (const problem of problems.slice(before)) problem.question ??= shown;
	return question;
}

const question: Reader<QuestionContent> = (spot) => {
	const read = questionOf(spot, kinds);
	if (!read || read.lesson) return read;
	const { source, line } = spot;
	report(source, { line, code: 'field.missing', question: read.id, message: '缺少字段 lesson' });
	return undefined;
};

const questionsFile = record({
	schema: whole(1, 1),
	course: slug,
	/** Pairs of questions that are worded nearly alike on purpose. */
	similar: optional(list(list(questionId, { min: 2, max: 2 }), { min: 1 })),
	questions: list(question, { min: 1 })
});
export type QuestionsFile = Read<typeof questionsFile>;

/** Reads questions.yaml. Questions that cannot be read are reported and left out. */
export const parseQuestions = (source: Source, text: string): QuestionsFile | undefined =>
	readYaml(source, text, questionsFile);

/** The questions that can be asked by themselves; those of a case take its lesson and its dates. */
export function smallQuestionsIn(question: QuestionContent): SmallContent[] {
	if (question.kind !== 'case') return [question];
	const { lesson, from, until } = question;
	return question.questions.map((each) => ({ ...each, lesson, ...(from && { from }), ...(until && { until }) }));
}
