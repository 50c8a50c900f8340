import * as v from 'valibot';

const letters = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'] as const;
const letter = v.picklist(letters, 'field.invalid');
const options = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;
const option = v.picklist(options, 'field.invalid');
const isSet = (chosen: (typeof options)[number][]) => new Set(chosen).size === chosen.length;

/** What is typed, without what no database keeps as text: half a character, or none. */
const typed = v.pipe(
	v.string(),
	v.transform((text) => text.toWellFormed().replaceAll('\0', ''))
);

/** Most characters of an answer in words, by kind. */
export const mostCharacters = { 'short-answer': 4000, essay: 20_000 } as const;

/** What can be answered, by the kind of question. Letters are those shown; an empty answer takes an earlier one back. */
export const answer = v.variant('kind', [
	v.strictObject({ kind: v.literal('single'), chosen: v.pipe(v.array(option), v.length(1)) }),
	v.strictObject({ kind: v.literal('multiple'), chosen: v.pipe(v.array(option), v.maxLength(8), v.check(isSet)) }),
	v.strictObject({ kind: v.literal('true-false'), value: v.boolean() }),
	v.strictObject({
		kind: v.literal('fill-in'),
		blanks: v.pipe(v.array(v.pipe(typed, v.maxLength(200))), v.minLength(1), v.maxLength(9))
	}),
	v.strictObject({ kind: v.literal('numeric'), number: v.pipe(typed, v.maxLength(40)) }),
	v.strictObject({
		kind: v.literal('matching'),
		matched: v.pipe(v.array(v.nullable(letter)), v.minLength(2), v.maxLength(8))
	}),
	v.strictObject({ kind: v.literal('ordering'), order: v.pipe(v.array(option), v.maxLength(8), v.check(isSet)) }),
	v.strictObject({
		kind: v.literal('short-answer'),
		text: v.pipe(typed, v.maxLength(mostCharacters['short-answer'], 'field.too-long'))
	}),
	v.strictObject({
		kind: v.literal('essay'),
		text: v.pipe(typed, v.maxLength(mostCharacters.essay, 'field.too-long'))
	})
]);
export type GivenAnswer = v.InferOutput<typeof answer>;

/** The answering fields of a form, as `AnswerInputs` names them. Spread into the schema of a page's form. */
export const answerEntries = {
	kind: v.string('field.required'),
	chosen: v.optional(v.array(v.string()), []),
	value: v.optional(v.string()),
	blanks: v.optional(v.array(v.string()), []),
	number: v.optional(v.string(), ''),
	matched: v.optional(v.array(v.string()), []),
	items: v.optional(v.array(v.string()), []),
	places: v.optional(v.array(v.string()), []),
	text: v.optional(v.string(), '')
};
