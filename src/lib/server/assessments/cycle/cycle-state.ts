import { conflict } from '../../platform/errors.ts';

export type CycleState =
	'open' | 'drafting' | 'drafted' | 'unit-review' | 'hr-review' | 'published' | 'signed' | 'closed';

/** From which state to which a cycle may go. The database refuses every other way (trigger assessment_cycles_moves). */
export const transitions: Record<CycleState, readonly CycleState[]> = {
	open: ['drafting'],
	drafting: ['drafted', 'open'],
	drafted: ['drafting', 'unit-review'],
	'unit-review': ['hr-review'],
	'hr-review': ['unit-review', 'published'],
	published: ['signed'],
	signed: ['closed'],
	closed: []
};

/** @throws conflict cycle.wrong-state, with the state that it is in */
export function demandGoes(from: CycleState, to: CycleState): void {
	if (!transitions[from].includes(to)) throw conflict('cycle.wrong-state');
}
