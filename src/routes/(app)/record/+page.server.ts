import type { SignedIn } from '#lib/server/platform/context.ts';
import { countLooks, listLooks } from '#lib/server/records/looks.ts';
import { listOwnCorrections } from '#lib/server/records/queries.ts';
import { readOwnRecord } from '#lib/server/records/read-record.ts';
import type { PageServerLoad } from './$types';

const latestLooks = 5;

export const load: PageServerLoad = async ({ locals }) => {
	const ctx = locals.ctx as SignedIn;
	const [record, looks, lookCount, corrections] = await Promise.all([
		readOwnRecord(ctx),
		listLooks(ctx, {}, latestLooks),
		countLooks(ctx),
		listOwnCorrections(ctx)
	]);
	const open = corrections.filter(({ state }) => state === 'asked').length;
	return { record, looks: looks.rows, lookCount, corrections: { open, all: corrections.length }, now: ctx.now };
};
