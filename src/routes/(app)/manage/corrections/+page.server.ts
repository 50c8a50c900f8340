import * as v from 'valibot';
import { correctionList } from '#lib/schemas/records.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { countCorrections, listCorrections } from '#lib/server/records/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url: { searchParams } }) => {
	const ctx = locals.ctx as SignedIn;
	const filter = v.parse(correctionList, Object.fromEntries(searchParams));
	const page = await listCorrections(ctx, filter);
	return { filter, ...page, counts: await countCorrections(ctx) };
};
