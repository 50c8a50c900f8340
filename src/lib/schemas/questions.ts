import * as v from 'valibot';
import { id, text } from './fields.ts';

/** Kinds of questions in the order in which they are offered; the last one holds several others. */
export const questionKinds = [
	'single',
	'multiple',
	'true-false',
	'fill-in',
	'numeric',
	'matching',
	'ordering',
	'short-answer',
	'essay',
	'case'
] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** What a question may be drawn for. */
export const questionUses = ['practice', 'exam', 'both'] as const;
export type QuestionUse = (typeof questionUses)[number];

/** Whose exams may draw a question: those of its own unit and above, or those of the units below too. */
export const questionReaches = ['own', 'below'] as const;
export type QuestionReach = (typeof questionReaches)[number];

export const questionStates = ['unpublished', 'published', 'retired'] as const;

/** Views of the bank, each with a name of its own. */
export const questionViews = ['review', 'mine'] as const;
/** Orders of the list; with a hyphen in front the other way round. */
export const questionOrders = [
	'code',
	'-code',
	'changed',
	'-changed',
	'difficulty',
	'-difficulty',
	'facility',
	'-facility',
	'used',
	'-used'
] as const;
export const facilityBands = ['hard', 'middle', 'easy', 'unknown'] as const;
export const usedBands = ['never', 'year', 'earlier'] as const;
/** Whose questions are listed: of the bank, or public ones of the courses. */
export const questionOrigins = ['bank', 'course'] as const;

const oneOf = <const Options extends readonly string[]>(options: Options) =>
	v.fallback(v.optional(v.picklist(options)), undefined);
const line = (longest: number) => v.fallback(v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(longest)), '');

/** What the list of questions is narrowed to. Whatever the address says that makes no sense narrows nothing. */
export const questionFilter = v.object({
	q: line(60),
	view: oneOf(questionViews),
	origin: oneOf(questionOrigins),
	statute: line(60),
	chapter: v.fallback(v.pipe(line(3), v.regex(/^\d{0,3}$/)), ''),
	article: v.fallback(v.pipe(line(8), v.regex(/^(\d{1,4}(-\d{1,2})?)?$/)), ''),
	kind: oneOf(questionKinds),
	difficulty: oneOf(['1', '2', '3', '4', '5']),
	use: oneOf(questionUses),
	reach: oneOf(questionReaches),
	state: oneOf(questionStates),
	topic: line(60),
	tag: line(40),
	author: v.fallback(v.optional(id), undefined),
	facility: oneOf(facilityBands),
	used: oneOf(usedBands)
});
export type QuestionFilter = v.InferOutput<typeof questionFilter>;

const chosen = v.pipe(
	v.array(id, 'field.no-question-chosen'),
	v.minLength(1, 'field.no-question-chosen'),
	v.maxLength(1000, 'field.too-many')
);

/** Free tags in one line, parted by commas. */
export const tagLine = v.pipe(
	v.optional(v.string(), ''),
	v.transform((line) => [...new Set(line.split(/[,，;；、\n]/).map((tag) => tag.trim()))].filter(Boolean)),
	v.maxLength(20, 'field.too-many'),
	v.everyItem((tag) => tag.length <= 40, 'field.too-long')
);

export const tagQuestions = v.pipe(
	v.object({ questionIds: chosen, add: tagLine, remove: tagLine }),
	v.forward(
		v.check(({ add, remove }) => add.length + remove.length > 0, 'field.required'),
		['add']
	)
);
export const setUse = v.object({ questionIds: chosen, use: v.picklist(questionUses, 'field.required') });
export const setReach = v.object({ questionIds: chosen, reach: v.picklist(questionReaches, 'field.required') });
export const retireQuestions = v.object({ questionIds: chosen });

/** The question in the address. */
export const oneQuestion = v.pipe(
	v.object({ question: v.string() }),
	v.transform(({ question }) => ({ questionId: question }))
);
/** `seen` is when the wording that was read was last changed: what is published is what was read. */
export const publishDraft = v.pipe(
	v.object({ question: v.string(), seen: v.string('field.required') }),
	v.transform(({ question, seen }) => ({ questionId: question, seen }))
);
export const returnDraft = v.pipe(
	v.object({ question: v.string(), reason: text(1000) }),
	v.transform(({ question, reason }) => ({ questionId: question, reason }))
);

const typed = v.pipe(v.string(), v.maxLength(20_000, 'field.too-long'));
const place = {
	use: v.picklist(questionUses, 'field.required'),
	topic: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(60, 'field.too-long')),
	tags: tagLine
};

/** The form of a question: where it is filed, and beside that whatever its kind asks for. */
export const questionForm = v.objectWithRest(
	place,
	v.union([typed, v.pipe(v.array(typed), v.maxLength(200)), v.file()], 'field.too-long')
);
export const newQuestion = v.objectWithRest(
	{ ...place, unitId: id, kind: v.picklist(questionKinds, 'field.required') },
	v.union([typed, v.pipe(v.array(typed), v.maxLength(200)), v.file()], 'field.too-long')
);

/** Texts of a form to be shown as pages show them. */
export const previewTexts = v.object({
	/** Empty for a question that is not kept yet. */
	questionId: v.pipe(
		v.union([v.literal(''), id]),
		v.transform((value) => value || null)
	),
	texts: v.pipe(v.array(v.pipe(v.string(), v.maxLength(20_000))), v.maxLength(12))
});
