import * as v from 'valibot';
import { id, text } from './fields.ts';

/** The parts of a law-study record, in the order in which it is read. */
export const recordParts = [
	'person',
	'courses',
	'exams',
	'events',
	'external',
	'hours',
	'promotions',
	'results',
	'exemptions',
	'certificates'
] as const;
export type RecordPart = (typeof recordParts)[number];

export const correctionStates = ['asked', 'accepted', 'refused', 'withdrawn'] as const;
export type CorrectionState = (typeof correctionStates)[number];

export const askCorrection = v.object({
	part: v.picklist(recordParts, 'field.required'),
	what: text(2000),
	why: text(2000)
});
export const withdrawCorrection = v.object({ correctionId: id });
export const answerCorrection = v.object({
	correctionId: id,
	decision: v.picklist(['accept', 'refuse'], 'field.required'),
	because: text(1000)
});

/** What the address of the list asks for. */
export const correctionList = v.object({
	state: v.fallback(v.picklist(correctionStates), 'asked'),
	q: v.fallback(v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(100)), ''),
	after: v.fallback(v.optional(v.string()), undefined),
	before: v.fallback(v.optional(v.string()), undefined)
});
