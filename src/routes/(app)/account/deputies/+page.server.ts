import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/grants.ts';
import { findDeputies } from '#lib/server/people/find-deputies.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { endLoan, lendRole } from '#lib/server/units/lend-role.ts';
import { listLendable, listLendableUnits, listOwnLoans } from '#lib/server/units/list-loans.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	const [loans, lendable] = await Promise.all([listOwnLoans(ctx), listLendable(ctx)]);
	const grant = lendable.find(({ id }) => id === query.get('grant')) ?? lendable[0];
	const q = (query.get('q') ?? '').trim().slice(0, 60);
	const [units, people] = grant
		? await Promise.all([listLendableUnits(ctx, grant.path), findDeputies(ctx, grant.path, q)])
		: [[], []];
	return {
		loans,
		lendable: lendable.map(({ id, role, unit }) => ({ id, role, unit })),
		grant: grant && { id: grant.id, unitId: grant.unitId, lastDay: grant.lastDay },
		units,
		search: { q, people },
		today: dateOf(ctx.now)
	};
};

export const actions = {
	lend: formAction(schemas.lendRole, lendRole, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.deputies_lent_flash() });
		return url.pathname;
	}),
	end: formAction(schemas.endLoan, endLoan, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.deputies_ended() });
		return url.pathname;
	})
} satisfies Actions;
