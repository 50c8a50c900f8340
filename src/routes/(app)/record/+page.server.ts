import type { SignedIn } from '#lib/server/platform/context.ts';
import { judgedCase } from '#lib/server/promotions/judged-case.ts';
import { listCasesOf } from '#lib/server/promotions/queries.ts';
import { readOwnRecord } from '#lib/server/records/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const ctx = locals.ctx as SignedIn;
	const cases = await listCasesOf(ctx, ctx.actor.personId);
	return { record: await readOwnRecord(ctx), cases: cases.map((each) => judgedCase(ctx, each)) };
};
