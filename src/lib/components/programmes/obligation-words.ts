import { m } from '#lib/paraglide/messages.js';
import type { obligationStates } from '#lib/schemas/programmes.ts';

export type ObligationState = (typeof obligationStates)[number];

const words: Record<ObligationState, () => string> = {
	upcoming: m.programmes_state_upcoming,
	open: m.programmes_state_open,
	'in-progress': m.programmes_state_in_progress,
	completed: m.programmes_state_completed,
	overdue: m.programmes_state_overdue,
	exempt: m.programmes_state_exempt,
	expired: m.programmes_state_expired,
	withdrawn: m.programmes_state_withdrawn
};

/** The name of a state. */
export const stateWords = (state: ObligationState): string => words[state]();

/** Why somebody is meant: by name, through a unit, or through the unit where they were then. */
export function whyWords({ named, throughUnit }: { named: boolean; throughUnit: string | null }): string {
	if (named) return m.programmes_why_named();
	return throughUnit ? m.programmes_why_through({ unit: throughUnit }) : m.programmes_why_moved();
}

/** Why it was withdrawn. What the platform withdraws by itself has a key instead of somebody's words. */
export const reasonWords = (because: string | null): string | null =>
	because === 'left' ? m.programmes_left_service() : because;
