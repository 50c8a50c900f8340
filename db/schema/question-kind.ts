import { pgEnum } from 'drizzle-orm/pg-core';

/** Stands by itself because courses and questions name each other. */
export const questionKind = pgEnum('question_kind', [
	'single',
	'multiple',
	'true-false',
	'fill-in',
	'numeric',
	'case',
	'matching',
	'ordering',
	'short-answer',
	'essay'
]);
