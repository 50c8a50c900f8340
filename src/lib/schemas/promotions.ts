import * as v from 'valibot';
import { checkbox, date, id, ids, optionalWhole, text, wholeNumber } from './fields.ts';
import { leadershipLevels } from './people.ts';

const months = optionalWhole(1, 36);

/** Courses and everything without a term of its own are due within `months`; the exam before the post, before it starts. */
export const setProgramme = v.object({
	months: wholeNumber(1, 36),
	courseIds: ids,
	preExam: checkbox,
	trainingClass: checkbox,
	classMonths: v.optional(months, ''),
	postExam: checkbox,
	postMonths: v.optional(months, '')
});

export const cancelCase = v.object({ promotionId: id, because: text(300) });

export const exemptionGrounds = ['legal-qualification', 'same-term'] as const;

/** The evidence comes along as a file. */
export const exemptItems = v.object({
	promotionId: id,
	itemIds: v.pipe(ids, v.minLength(1, 'field.required')),
	ground: v.picklist(exemptionGrounds, 'field.required'),
	reason: text(300),
	proof: v.optional(v.unknown())
});

export const postponeItem = v.object({ promotionId: id, itemId: id, dueOn: date, reason: text(300) });

export const planClass = v.object({ unitId: id, title: text(120) });

/** What the tracker can show: `open` is what is overdue, due within 90 days or later. */
export const caseViews = ['open', 'overdue', 'soon', 'completed', 'ended'] as const;

export type CaseView = (typeof caseViews)[number];

/** How one thing that a case asks for can stand. */
export const itemStates = ['overdue', 'open', 'postponed', 'done', 'done-late', 'exempt'] as const;

/** What the address of the tracker may ask for; what does not read is as if it were not there. */
export const caseQuery = v.object({
	view: v.fallback(v.picklist(caseViews), 'open'),
	from: v.fallback(v.nullable(date), null),
	to: v.fallback(v.nullable(date), null),
	unit: v.fallback(v.nullable(id), null),
	level: v.fallback(v.nullable(v.picklist(leadershipLevels)), null),
	item: v.fallback(v.nullable(v.picklist(itemStates)), null),
	q: v.fallback(
		v.pipe(
			v.string(),
			v.trim(),
			v.transform((typed) => typed.slice(0, 60))
		),
		''
	)
});
