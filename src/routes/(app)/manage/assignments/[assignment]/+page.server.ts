import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/programmes.ts';
import { canSomewhere } from '#lib/server/access/scope.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { isId } from '#lib/server/platform/ids.ts';
import { getAssignment } from '#lib/server/programmes/assignment-queries.ts';
import { extend, remind, withdraw } from '#lib/server/programmes/change-obligations.ts';
import { listAssignmentUnits, listObligations, previewChange } from '#lib/server/programmes/obligation-queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

const acts = ['remind', 'extend', 'withdraw'] as const;

export const load: PageServerLoad = async ({ locals, params, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	const assignment = await getAssignment(ctx, params.assignment);
	const asked = Object.fromEntries(query);
	const listing = v.parse(schemas.listing, asked);
	const order = v.parse(schemas.obligationOrder, asked);
	const [page, units, change] = await Promise.all([
		listObligations(ctx, assignment.id, { ...listing, ...order }),
		listAssignmentUnits(ctx, assignment.id),
		changeAsked()
	]);
	return {
		...page,
		assignment,
		units,
		listing,
		sort: order.sort,
		change,
		today: dateOf(ctx.now),
		self: ctx.actor.personId,
		mayRemind: canSomewhere(ctx.actor, 'training:assign')
	};

	/** What has been asked to be done to whom, and what that would touch. */
	async function changeAsked() {
		const act = acts.find((act) => act === query.get('act'));
		if (!act || (act !== 'remind' && !assignment.mayChange)) return null;
		const listed = query.get('which') === 'listed';
		const obligationIds = listed ? [] : query.getAll('chosen').filter(isId);
		const touched = await previewChange(ctx, assignment.id, listed ? listing : { obligationIds });
		return { act, listed, obligationIds, ...touched };
	}
};

export const actions = {
	remind: formAction(schemas.remind, remind, (count, { cookies, url }) => {
		setFlash(cookies, { text: m.programmes_reminded_flash({ count }) });
		return url.pathname;
	}),
	extend: formAction(schemas.extend, extend, (count, { cookies, url }) => {
		setFlash(cookies, { text: m.programmes_extended_flash({ count }) });
		return url.pathname;
	}),
	withdraw: formAction(schemas.withdraw, withdraw, (count, { cookies, url }) => {
		setFlash(cookies, { text: m.programmes_withdrawn_flash({ count }) });
		return url.pathname;
	})
} satisfies Actions;
