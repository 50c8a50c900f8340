import * as schemas from '#lib/schemas/assessments.ts';
import { can } from '#lib/server/access/scope.ts';
import { compareYears } from '#lib/server/assessments/compare-years.ts';
import { cycleStanding } from '#lib/server/assessments/cycle/cycle-standing.ts';
import { enterMark } from '#lib/server/assessments/cycle/enter-mark.ts';
import { listMarkable, listUnits } from '#lib/server/assessments/cycle/list-units.ts';
import { getCycle, mayWhole } from '#lib/server/assessments/cycle/read-cycle.ts';
import { readPlace } from '#lib/server/assessments/cycle/read-place.ts';
import { remindReviewers, returnReview, submitReview } from '#lib/server/assessments/cycle/reviews.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const cycle = await getCycle(ctx, params.cycle);
	const asked = url.searchParams.get('unit');
	const place = await readPlace(ctx, cycle, asked);
	const units = await listUnits(ctx, cycle, asked && place ? place : undefined);
	const mayMark = mayWhole(ctx, 'result:confirm', cycle) && (cycle.state === 'open' || cycle.state === 'drafted');
	return {
		cycle: { id: cycle.id, year: cycle.year, unit: cycle.unit, state: cycle.state, reviewsDueOn: cycle.reviewsDueOn },
		place,
		standing: await cycleStanding(ctx, cycle),
		isLate: cycle.reviewsDueOn < dateOf(ctx.now),
		mayConfirm: mayWhole(ctx, 'result:confirm', cycle),
		markable: mayMark ? await listMarkable(ctx, cycle) : [],
		units: units.map(({ nowPath, ...unit }) => ({ ...unit, mayReview: can(ctx.actor, 'result:review', nowPath) })),
		years: place ? await compareYears(ctx, place, cycle.year) : []
	};
};

type Event = { cookies: Parameters<typeof setFlash>[0]; url: URL };
const back = ({ cookies, url }: Event, text: string) => {
	setFlash(cookies, { text });
	return url.pathname;
};

export const actions: Actions = {
	submit: formAction(schemas.submitReview, submitReview, (_, event) => back(event, m.assessments_submitted_flash())),
	return: formAction(schemas.returnReview, returnReview, (_, event) => back(event, m.assessments_returned_flash())),
	remind: formAction(schemas.remind, remindReviewers, (count, event) =>
		back(event, m.assessments_reminded_flash({ count }))
	),
	mark: formAction(schemas.enterMark, enterMark, (_, event) => back(event, m.assessments_marked_flash()))
};
