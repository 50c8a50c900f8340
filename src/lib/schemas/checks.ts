import * as v from 'valibot';
import { answer, answerEntries } from './answers.ts';
import { id } from './fields.ts';
import { givenAnswer } from './given-answer.ts';

const place = v.pipe(v.string(), v.regex(/^[1-9]\d?$/, 'field.invalid'), v.transform(Number));

/** One answer of the actor's open try, as the browser sends it. */
export const saveAnswer = v.strictObject({ checkId: id, position: place, answer });
export type SaveAnswer = v.InferOutput<typeof saveAnswer>;

const fields = v.object({
	checkId: id,
	position: place,
	...answerEntries,
	to: v.pipe(v.optional(v.string(), 'hand-in'), v.regex(/^([1-9]\d?|hand-in)$/, 'field.invalid'))
});

/** The form of a question: an answer, if one was given, and where to go next. */
export const answerForm = v.pipe(
	fields,
	v.transform(({ checkId, position, to, ...given }) => {
		const answered = givenAnswer(given);
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
