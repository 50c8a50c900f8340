import * as v from 'valibot';
import { checkbox, id } from './fields.ts';

/** How far somebody is with what is due in a year; figures count people by these. */
export const personStates = ['overdue', 'not-started', 'in-progress', 'completed', 'exempt'] as const;

export type PersonState = (typeof personStates)[number];

/** What the list of people can be narrowed to: a state, or what falls due within 30 days. */
export const peopleViews = [...personStates, 'soon'] as const;

export type PeopleView = (typeof peopleViews)[number];

/** What the address of an overview may ask for; what does not read is as if it were not there. */
export const overviewQuery = v.object({
	year: v.fallback(v.nullable(v.pipe(v.string(), v.regex(/^\d{4}$/), v.transform(Number))), null),
	course: v.fallback(v.nullable(id), null)
});

/** The same for the people behind a figure; `own` leaves out what stands below the unit. */
export const peopleQuery = v.object({
	...overviewQuery.entries,
	state: v.fallback(v.nullable(v.picklist(peopleViews)), null),
	own: v.fallback(checkbox, false),
	q: v.fallback(
		v.pipe(
			v.string(),
			v.trim(),
			v.transform((typed) => typed.slice(0, 60))
		),
		''
	)
});
