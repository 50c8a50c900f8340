import * as v from 'valibot';
import { date, id, text, wholeNumber } from './fields.ts';
import { planYear } from './work-plans.ts';

export const createPlan = v.object({ unitId: id, year: planYear, title: text(100) });
export const thePlan = v.object({ planId: id });

export const addMeasure = v.pipe(
	v.object({
		planId: id,
		phase: text(60),
		what: text(300),
		forWhom: text(100),
		byWhom: text(100),
		startsOn: date,
		endsOn: date
	}),
	v.forward(
		v.check(({ startsOn, endsOn }) => startsOn <= endsOn, 'field.ends-before'),
		['endsOn']
	)
);
export const theMeasure = v.object({ planId: id, itemId: id });
/** The proof itself is looked into when it is kept. */
export const checkOff = v.object({
	planId: id,
	itemId: id,
	doneOn: date,
	doneText: text(1_000),
	file: v.optional(v.unknown())
});

export const drawSample = v.object({ unitId: id, year: planYear, count: wholeNumber(1, 100) });
export const writeFinding = v.object({ planId: id, inspectionId: id, text: text(2_000), answerBy: date });
export const answerFinding = v.object({ planId: id, findingId: id, answer: text(2_000) });

/** What the address of the list may say. */
export const planList = v.object({
	year: v.fallback(v.optional(v.pipe(v.string(), v.regex(/^20\d\d$/), v.transform(Number))), undefined)
});
