import { pgEnum } from 'drizzle-orm/pg-core';

/** Every kind of question. By itself, since tables that name each other all need it as soon as they are read. */
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
