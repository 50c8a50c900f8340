import * as v from 'valibot';
import { id } from './fields.ts';
import { givenAnswer } from './given-answer.ts';

const letters = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
const letter = v.picklist(letters, 'field.invalid');
const isSet = (chosen: (typeof letters)[number][]) => new Set(chosen).size === chosen.length;

/** What can be answered, by the kind of question. Letters are those shown; an empty answer takes an earlier one back. */
export const answer = v.variant('kind', [
	v.strictObject({ kind: v.literal('single'), chosen: v.pipe(v.array(letter), v.length(1)) }),
	v.strictObject({ kind: v.literal('multiple'), chosen: v.pipe(v.array(letter), v.maxLength(6), v.check(isSet)) }),
	v.strictObject({ kind: v.literal('true-false'), value: v.boolean() }),
	v.strictObject({
		kind: v.literal('fill-in'),
		blanks: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.minLength(1), v.maxLength(9))
	}),
	v.strictObject({ kind: v.literal('numeric'), number: v.pipe(v.string(), v.maxLength(40)) })
]);
export type GivenAnswer = v.InferOutput<typeof answer>;

const place = v.pipe(v.string(), v.regex(/^[1-9]\d?$/, 'field.invalid'), v.transform(Number));

/** One answer of the actor's open try, as the browser sends it. */
export const saveAnswer = v.strictObject({ checkId: id, position: place, answer });
export type SaveAnswer = v.InferOutput<typeof saveAnswer>;

const fields = v.object({
	checkId: id,
	position: place,
	kind: v.string('field.required'),
	chosen: v.optional(v.array(v.string()), []),
	value: v.optional(v.string()),
	blanks: v.optional(v.array(v.string()), []),
	number: v.optional(v.string(), ''),
	to: v.pipe(v.optional(v.string(), 'hand-in'), v.regex(/^([1-9]\d?|hand-in)$/, 'field.invalid'))
});

/** The form of a question: an answer, if one was given, and where to go next. */
export const answerForm = v.pipe(
	fields,
	v.transform(({ checkId, position, to, ...given }) => {
		const answered = givenAnswer({ ...given, value: given.value });
		return { checkId, position, to, ...(answered && { answer: answered }) };
	}),
	v.object({ checkId: v.string(), position: v.number(), to: v.string(), answer: v.optional(answer) })
);
export type AnswerForm = v.InferOutput<typeof answerForm>;

/** The lesson in the address. */
export const lessonAddress = v.object({ course: v.string(), lesson: v.string() });

/** `unanswered` is how many unanswered questions the page spoke of, so that nobody hands in more than they know. */
export const submitCheck = v.object({
	checkId: id,
	unanswered: v.pipe(v.optional(v.string(), '0'), v.regex(/^\d{1,2}$/, 'field.invalid'), v.transform(Number))
});
export type SubmitCheck = v.InferOutput<typeof submitCheck>;
