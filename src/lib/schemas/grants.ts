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

export const revokeRole = v.object({ grantId: id });
