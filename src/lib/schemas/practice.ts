import * as v from 'valibot';
import { answer, answerEntries } from './answers.ts';
import { checkbox, id } from './fields.ts';
import { givenAnswer } from './given-answer.ts';

const scopes =
	/^(due|wrong|weak|law\/[a-z0-9-]+|chapter\/[a-z0-9-]+\/\d{1,3}|article\/[a-z0-9-]+\/\d{1,4}(-\d{1,2})?)$/;

/** What a round draws from: what is due, what was answered wrongly, the weakest articles, or a part of the law. */
const about = v.pipe(v.string('field.required'), v.regex(scopes, 'field.invalid'));

export const beginRound = v.object({ about });
export type BeginRound = v.InferOutput<typeof beginRound>;

const place = v.pipe(v.string(), v.regex(/^[1-9]\d?$/, 'field.invalid'), v.transform(Number));

/** The form of a question: an answer, or the word that one does not know. */
export const answerQuestion = v.pipe(
	v.object({ roundId: id, position: place, unknown: checkbox, ...answerEntries }),
	v.transform(({ roundId, position, unknown, ...given }) => {
		const answered = unknown ? undefined : givenAnswer(given);
		return { roundId, position, unknown, ...(answered && { answer: answered }) };
	}),
	v.object({ roundId: v.string(), position: v.number(), unknown: v.boolean(), answer: v.optional(answer) })
);
export type AnswerQuestion = v.InferOutput<typeof answerQuestion>;

export const dismissQuestion = v.object({ questionId: id });
export type DismissQuestion = v.InferOutput<typeof dismissQuestion>;
