import { listStatutes } from '#lib/server/statutes/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ statutes: await listStatutes(locals.ctx) });
