import type { SignedIn } from '#lib/server/platform/context.ts';
import { lastAnswers, listMastery } from '#lib/server/practice/mastery.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	laws: await listMastery(locals.ctx as SignedIn),
	lastAnswers
});
