/** Where an attempt stands. The database refuses every other way between two states (trigger exam_attempts_transition). */
export type AttemptState = 'prepared' | 'open' | 'submitted' | 'marked' | 'released' | 'voided';

/**
 * prepared: the paper lies ready. open: being sat. submitted: no answer changes any more. marked: every answer has its
 * points. released: the person may see what the review policy allows. voided: counts as if it had never been sat.
 */
export const transitions: Record<AttemptState, readonly AttemptState[]> = {
	prepared: ['open', 'voided'],
	open: ['submitted', 'voided'],
	submitted: ['marked', 'voided'],
	marked: ['released', 'voided'],
	released: ['voided'],
	voided: []
};

/** May an attempt go from one state to another? */
export const canGo = (from: AttemptState, to: AttemptState): boolean => transitions[from].includes(to);

/** States in which a paper has been handed in and stands. */
export const satStates = ['submitted', 'marked', 'released'] as const satisfies readonly AttemptState[];
