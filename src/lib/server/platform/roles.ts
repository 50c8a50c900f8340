/** Roles of the platform, in the order in which they are listed. */
export const roles = [
	'learner',
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

export type Role = (typeof roles)[number];
