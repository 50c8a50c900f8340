import { getMailAddress } from '#lib/server/notifications/choices.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { getOwnAccount } from '#lib/server/sessions/queries.ts';
import { listOwnGrants } from '#lib/server/units/list-grants.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const ctx = locals.ctx as SignedIn;
	const [account, grants, mail] = await Promise.all([
		getOwnAccount(ctx),
		listOwnGrants(ctx),
		getMailAddress(ctx, ctx.actor.personId)
	]);
	return { account, grants, mail };
};
