import type { SignedIn } from '#lib/server/platform/context.ts';
import { listLooks } from '#lib/server/records/looks.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url: { searchParams: query } }) =>
	listLooks(locals.ctx as SignedIn, { after: query.get('after'), before: query.get('before') });
