import { m } from '#lib/paraglide/messages.js';
import { programmeAct } from '#lib/schemas/requirements.ts';
import { canSomewhere } from '#lib/server/access/scope.ts';
import { archiveProgramme, beginVersion } from '#lib/server/programmes/requirements/adopt-version.ts';
import { listStandingAssignments } from '#lib/server/programmes/requirements/assignments.ts';
import { getProgramme } from '#lib/server/programmes/requirements/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const programme = await getProgramme(ctx, params.programme);
	return {
		programme,
		assignments: await listStandingAssignments(ctx, programme.id),
		mayAssign: programme.state === 'in-force' && canSomewhere(ctx.actor, 'programme:edit')
	};
};

export const actions = {
	begin: formAction(programmeAct, beginVersion, (_, { params }) => `/manage/programmes/${params.programme}/edit`),
	archive: formAction(programmeAct, archiveProgramme, (_, { cookies }) => {
		setFlash(cookies, { text: m.requirements_archived_flash() });
		return '/manage/programmes';
	})
} satisfies Actions;
