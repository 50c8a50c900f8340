import { m } from '#lib/paraglide/messages.js';
import type { RefusedPromotion } from '#lib/server/promotions/import-cohort.ts';

/** Why a row of a backlog was not recorded. */
export const refusalWords: Record<RefusedPromotion['reason'], () => string> = {
	unknown: m.promotions_refused_unknown,
	own: m.promotions_refused_own,
	'not-active': m.promotions_refused_not_active,
	date: m.promotions_refused_date,
	future: m.promotions_refused_future,
	level: m.promotions_refused_level,
	'no-rise': m.promotions_refused_no_rise,
	'no-post': m.promotions_refused_no_post,
	twice: m.promotions_refused_twice,
	recorded: m.promotions_refused_recorded
};
