import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/certificates.ts';
import { can } from '#lib/server/access/scope.ts';
import { verifyAddress } from '#lib/server/certificates/credential.ts';
import { editTemplate } from '#lib/server/certificates/keep-template.ts';
import { qrOf } from '#lib/server/certificates/qr.ts';
import {
	chooseAll,
	chooseSubject,
	dropSubject,
	switchOff,
	switchOn
} from '#lib/server/certificates/switch-template.ts';
import { getTemplate, listSubjects, listTemplateVersions } from '#lib/server/certificates/templates.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

/** On the sample, whose certificate is nobody's. */
const sampleCode = '0000000000000000';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const { path, ...template } = await getTemplate(ctx, params.template);
	const mayEdit = can(ctx.actor, 'certificate:edit', path);
	const address = verifyAddress(url.origin, sampleCode);
	return {
		...{ template, mayEdit, address, sampleCode, qr: qrOf(address) },
		versions: await listTemplateVersions(ctx, template.id),
		subjects: mayEdit ? await listSubjects(ctx, { ...template, path }) : [],
		today: dateOf(ctx.now),
		now: ctx.now.toISOString(),
		editing: mayEdit && url.searchParams.has('edit')
	};
};

const said =
	(text: () => string) =>
	(_: void, { cookies, url }: { cookies: Parameters<typeof setFlash>[0]; url: URL }) => {
		setFlash(cookies, { text: text() });
		return url.pathname;
	};

export const actions = {
	edit: formAction(schemas.editTemplate, editTemplate, said(m.certificates_edited_flash)),
	on: formAction(schemas.switchOn, switchOn, said(m.certificates_on_flash)),
	off: formAction(schemas.switchOff, switchOff, said(m.certificates_off_flash)),
	all: formAction(schemas.chooseAll, chooseAll, said(m.certificates_for_all_flash)),
	choose: formAction(schemas.chooseSubject, chooseSubject, said(m.certificates_chosen_flash)),
	drop: formAction(schemas.chooseSubject, dropSubject, said(m.certificates_dropped_flash))
} satisfies Actions;
