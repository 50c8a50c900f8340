/** Kinds of questions in the order in which they are offered; the last one holds several others. */
export const questionKinds = [
	'single',
	'multiple',
	'true-false',
	'fill-in',
	'numeric',
	'matching',
	'ordering',
	'short-answer',
	'essay',
	'case'
] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** What a question may be drawn for. */
export const questionUses = ['practice', 'exam', 'both'] as const;
export type QuestionUse = (typeof questionUses)[number];

export const questionStates = ['unpublished', 'published', 'retired'] as const;
