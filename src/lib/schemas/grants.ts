import * as v from 'valibot';
import { date, id, optionalDate } from './fields.ts';

/** Roles that can be given; everybody on the roster is a learner already. */
export const grantable = [
	'author',
	'examiner',
	'invigilator',
	'hr',
	'legal',
	'liaison',
	'leader',
	'auditor',
	'admin'
] as const;

export const grantRole = v.object({
	personId: id,
	role: v.picklist(grantable, 'field.required'),
	unitId: id,
	from: date,
	until: v.optional(optionalDate, '')
});

/** Both days are included. */
export const lendRole = v.object({ grantId: id, unitId: id, personId: id, from: date, until: date });

export const endLoan = v.object({ grantId: id });

export const revokeRole = v.object({ grantId: id });

/** What a list of roles is narrowed to. Whatever does not read as one of these is left aside. */
export const grantFilter = v.object({
	q: v.fallback(v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(60)), ''),
	role: v.fallback(v.optional(v.picklist(grantable)), undefined),
	unit: v.fallback(v.optional(id), undefined)
});
