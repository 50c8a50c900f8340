import * as v from 'valibot';
import * as schemas from '#lib/schemas/events.ts';
import { canSomewhere } from '#lib/server/access/scope.ts';
import { listEvents, listEventYears } from '#lib/server/events/list-events.ts';
import { countReported } from '#lib/server/events/list-trainings.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { unitChoicesFor } from '#lib/server/web/unit-choices.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	const filter = v.parse(schemas.eventList, Object.fromEntries(query));
	const mayConfirm = canSomewhere(ctx.actor, 'hours:confirm');
	const [page, years, units, reported] = await Promise.all([
		listEvents(ctx, filter),
		listEventYears(ctx),
		unitChoicesFor(ctx, query, 'unit', 'event:view'),
		mayConfirm ? countReported(ctx) : 0
	]);
	return { ...page, filter, years, units, reported, mayConfirm, mayEdit: canSomewhere(ctx.actor, 'event:edit') };
};
