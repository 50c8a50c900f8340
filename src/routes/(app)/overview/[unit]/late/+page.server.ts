import * as v from 'valibot';
import { lateList } from '#lib/schemas/reminders.ts';
import { can } from '#lib/server/access/scope.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { listLate } from '#lib/server/programmes/reminders/list-late.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const { as: role, weeks, after, before } = v.parse(lateList, Object.fromEntries(url.searchParams));
	const { unit, page } = await listLate(ctx, params.unit, { role, weeks }, { after, before });
	return { unit, page, weeks, today: dateOf(ctx.now), opensPeople: can(ctx.actor, 'people:view', unit.path) };
};
