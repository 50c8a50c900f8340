import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { dutyList, withdrawProgramme as schema } from '#lib/schemas/requirements.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { withdrawProgramme } from '#lib/server/programmes/requirements/assign-programme.ts';
import { getStandingAssignment } from '#lib/server/programmes/requirements/assignments.ts';
import { listDuties, listDutyUnits } from '#lib/server/programmes/requirements/list-duties.ts';
import { getProgramme } from '#lib/server/programmes/requirements/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url: { searchParams: query } }) => {
	const assignment = await getStandingAssignment(ctx, params.assignment);
	const listing = v.parse(dutyList, Object.fromEntries(query));
	const [page, units, programme] = await Promise.all([
		listDuties(ctx, assignment.id, listing),
		listDutyUnits(ctx, assignment.id),
		getProgramme(ctx, assignment.programmeId).catch(() => null)
	]);
	return {
		...page,
		assignment,
		listing,
		units: units.map(({ id, name }) => ({ value: id, label: name })),
		requirements: (programme?.current?.requirements ?? []).map(({ id, asked }) => ({ id, asked })),
		opensProgramme: programme !== null,
		withdrawing: assignment.mayWithdraw && query.has('withdraw'),
		today: dateOf(ctx.now)
	};
};

export const actions = {
	withdraw: formAction(schema, withdrawProgramme, (count, { cookies, url }) => {
		setFlash(cookies, { text: m.requirements_withdrawn_flash({ count }) });
		return url.pathname;
	})
} satisfies Actions;
