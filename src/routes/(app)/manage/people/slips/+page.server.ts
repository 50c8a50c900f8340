import * as schemas from '#lib/schemas/sessions.ts';
import { demand } from '#lib/server/access/scope.ts';
import { issueSlips, planSlips } from '#lib/server/sessions/issue-slips.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.ctx, 'account:issue');
	const personIds = url.searchParams.getAll('person');
	return { plan: personIds.length > 0 ? await planSlips(locals.ctx, { personIds }) : null };
};

export const actions: Actions = {
	/** Whom slips would go to. By POST, because a bulk choice is longer than an address. */
	plan: async (event) => ({ plan: await planned(event) }),
	/** The codes are in this one answer and nowhere else. */
	issue: async (event) => ({ issued: await issued(event), signIn: `${event.url.origin}/sign-in` })
};
