import * as v from 'valibot';
import { answer, answerEntries } from './answers.ts';
import { id } from './fields.ts';
import { givenAnswer } from './given-answer.ts';

const number = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));
const writer = v.pipe(v.string('field.required'), v.minLength(1), v.maxLength(64));
const slot = v.pipe(v.string(), v.regex(/^[1-9]\d{0,2}$/, 'field.invalid'), v.transform(Number));

/** One answer as the page sends it: to which attempt, from which page, its place in the order of changes. */
export const saveAnswer = v.object({
	exam: id,
	slot,
	attempt: id,
	revision: number,
	writer,
	response: v.nullable(answer),
	flagged: v.optional(v.boolean())
});
export type SaveAnswer = v.InferOutput<typeof saveAnswer>;

/** How long the page was out of sight, in seconds. */
export const incident = v.object({
	attempt: id,
	kind: v.literal('focus-lost'),
	seconds: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400))
});

/** The form that opens a paper. */
export const start = v.object({ exam: v.string(), accessCode: v.pipe(v.optional(v.string(), ''), v.maxLength(40)) });

/** A form about an open attempt, from the page that writes. */
export const onAttempt = v.object({ exam: v.string(), attemptId: id, writer: v.optional(v.string(), '') });

const fields = v.object({
	exam: v.string(),
	attemptId: id,
	writer,
	slot,
	flagged: v.optional(v.string()),
	...answerEntries,
	to: v.pipe(v.optional(v.string(), 'hand-in'), v.regex(/^([1-9]\d{0,2}|hand-in)$/, 'field.invalid'))
});

/** The form of one question, for pages without a script: the answer, and where to go next. */
export const answerForm = v.pipe(
	fields,
	v.transform(({ exam, attemptId, writer, slot, flagged, to, ...given }) => ({
		exam,
		attemptId,
		writer,
		slot,
		to,
		flagged: flagged === 'on',
		response: givenAnswer(given) ?? null
	})),
	v.object({
		exam: v.string(),
		attemptId: v.string(),
		writer: v.string(),
		slot: v.number(),
		to: v.string(),
		flagged: v.boolean(),
		response: v.nullable(answer)
	})
);
export type AnswerForm = v.InferOutput<typeof answerForm>;
