import type { SignedIn } from '#lib/server/platform/context.ts';
import { readOwnRecord } from '#lib/server/records/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ record: await readOwnRecord(locals.ctx as SignedIn) });
