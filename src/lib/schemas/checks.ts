import * as v from 'valibot';
import { id } from './fields.ts';

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

const position = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99));

/** One answer of the actor's open try. */
export const saveAnswer = v.strictObject({ checkId: id, position, answer });
export type SaveAnswer = v.InferOutput<typeof saveAnswer>;

/** `unanswered` is how many unanswered questions the page spoke of, so that nobody hands in more than they know. */
export const submitCheck = v.object({
	checkId: id,
	unanswered: v.pipe(v.optional(v.string(), '0'), v.regex(/^\d{1,2}$/, 'field.invalid'), v.transform(Number))
});
export type SubmitCheck = v.InferOutput<typeof submitCheck>;
