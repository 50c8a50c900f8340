import * as v from 'valibot';
import { id } from './fields.ts';

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
	state: oneOf(questionStates),
	topic: line(60),
	tag: line(40),
	author: v.fallback(v.optional(id), undefined),
	facility: oneOf(facilityBands),
	used: oneOf(usedBands)
});
export type QuestionFilter = v.InferOutput<typeof questionFilter>;
