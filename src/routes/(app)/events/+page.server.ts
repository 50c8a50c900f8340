import { listOwnEvents } from '#lib/server/events/own-events.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ events: await listOwnEvents(locals.ctx as SignedIn) });
