import { m } from '#lib/paraglide/messages.js';
import type { CaseState } from '#lib/server/promotions/case-state.ts';

/** How a promotion's training stands, in words. */
export const caseStateNames: Record<CaseState, () => string> = {
	overdue: m.promotions_state_overdue,
	soon: m.promotions_state_soon,
	later: m.promotions_state_later,
	completed: m.promotions_state_completed,
	cancelled: m.promotions_state_cancelled,
	left: m.promotions_state_left
};
