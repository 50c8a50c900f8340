import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { assignProgramme as schema } from '#lib/schemas/requirements.ts';
import { demand } from '#lib/server/access/scope.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { listAudienceChoices } from '#lib/server/programmes/audiences/queries.ts';
import { assignProgramme } from '#lib/server/programmes/requirements/assign-programme.ts';
import { dueFits } from '#lib/server/programmes/requirements/duty-dates.ts';
import { previewProgramme } from '#lib/server/programmes/requirements/preview-programme.ts';
import { getProgramme } from '#lib/server/programmes/requirements/queries.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url: { searchParams: query } }) => {
	demand(ctx, 'programme:edit');
	const { id, title, state, current } = await getProgramme(ctx, params.programme);
	const audiences = await listAudienceChoices(ctx);
	const typed = Object.fromEntries(query);
	const initial = { startsOn: dateOf(ctx.now), due: current?.recurrence === 'yearly' ? 'yearly' : 'date', ...typed };
	const page = {
		programme: { id, title, version: current ?? null, inForce: state === 'in-force' },
		audiences: audiences.map(({ id, name, unit }) => ({ value: id, label: `${name} · ${unit}` })),
		initial: initial as Record<string, string>,
		errors: {} as Record<string, string>,
		preview: null
	};
	if (!query.has('audienceId') || !current) return page;

	const asked = v.safeParse(schema, { ...typed, programmeId: id });
	if (!asked.success) {
		const errors = asked.issues.map((issue) => [
			v.getDotPath(issue) ?? '',
			errorMessage(issue.message.startsWith('field.') ? issue.message : 'field.invalid')
		]);
		return { ...page, errors: Object.fromEntries(errors) as Record<string, string> };
	}
	if (!dueFits({ recurrence: current.recurrence, endsOn: asked.output.endsOn }, asked.output.due))
		return { ...page, errors: { due: errorMessage('programme.due-does-not-fit') } };
	return { ...page, formId: newId(), preview: await previewProgramme(ctx, asked.output) };
};

export const actions = {
	default: formAction(schema, assignProgramme, (id, { cookies }) => {
		setFlash(cookies, { text: m.requirements_assigned_flash() });
		return `/manage/programmes/assignments/${id}`;
	})
} satisfies Actions;
