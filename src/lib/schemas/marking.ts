import * as v from 'valibot';
import { checkbox, decimal, id, optionalText, text, wholeNumber } from './fields.ts';

export const keyPolicies = ['full-credit', 'both-keys', 'new-key', 'drop-question'] as const;

/** An exam by the address of its page. */
const exam = { exam: id };
const note = v.pipe(
	optionalText(2_000),
	v.transform((value) => value ?? '')
);
const optionalPoints = v.union(
	[
		v.pipe(
			v.optional(v.literal(''), ''),
			v.transform(() => undefined)
		),
		decimal(0, 100)
	],
	'field.no-decimal'
);

export const theExam = v.object(exam);

export const addMarker = v.object({ ...exam, staffNumber: text(40) });
export const removeMarker = v.object({ ...exam, personId: id });

export const theMark = v.object({ ...exam, answer: text(16) });
export const saveMark = v.object({
	...exam,
	answer: text(16),
	criteria: v.pipe(
		v.array(
			v.pipe(
				optionalPoints,
				v.transform((points) => points ?? null)
			)
		),
		v.maxLength(20)
	),
	comment: note,
	final: checkbox
});

export const voidAttempt = v.object({ ...exam, attemptId: id, because: text(500) });

export const decideLate = v.object({
	...exam,
	lateId: id,
	decision: v.picklist(['admit', 'refuse'], 'field.required'),
	points: v.optional(optionalPoints, '')
});

export const mendKey = v.object({
	...exam,
	question: id,
	policy: v.picklist(keyPolicies, 'field.required'),
	reason: text(1_000)
});

export const askAppeal = v.object({ attempt: id, slot: wholeNumber(1, 1_000), reason: text(4_000) });
export const answerAppeal = v.object({
	...exam,
	appealId: id,
	decision: v.picklist(['upheld', 'dismissed'], 'field.required'),
	answer: text(4_000),
	points: v.optional(optionalPoints, '')
});
