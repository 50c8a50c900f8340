import { redirect } from '@sveltejs/kit';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { readRecordOf } from '#lib/server/records/read-record.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params: { personId } }) => {
	const ctx = locals.ctx as SignedIn;
	if (personId === ctx.actor.personId) redirect(303, '/record');
	return { record: await readRecordOf(ctx, personId), now: ctx.now };
};
