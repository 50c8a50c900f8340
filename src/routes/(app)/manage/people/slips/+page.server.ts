import * as v from 'valibot';
import * as schemas from '#lib/schemas/sessions.ts';
import { demand } from '#lib/server/access/scope.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { issueSlips, planSlips } from '#lib/server/sessions/issue-slips.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

/** Whom slips would go to, where an address names people: `?person=…&person=…`. */
export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.ctx, 'account:issue');
	const personIds = url.searchParams.getAll('person');
	const signIn = `${url.origin}/sign-in`;
	if (personIds.length === 0) return { plan: null, signIn };

	const { success, output } = v.safeParse(schemas.issueSlips, { personIds });
	if (!success) throw notFound('person');
	return { plan: await planSlips(locals.ctx, output), signIn };
};

export const actions: Actions = {
	/** The same for a choice that is longer than an address may be. */
	plan: formAction(schemas.issueSlips, planSlips),
	/** The codes are in this one answer and nowhere else. */
	issue: formAction(schemas.issueSlips, issueSlips)
};
