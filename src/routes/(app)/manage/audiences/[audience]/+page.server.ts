import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/audiences.ts';
import { listPeople } from '#lib/server/people/list-people.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { isId } from '#lib/server/platform/ids.ts';
import { archiveAudience } from '#lib/server/programmes/audiences/archive-audience.ts';
import { copyAudience } from '#lib/server/programmes/audiences/copy-audience.ts';
import { explainMembership } from '#lib/server/programmes/audiences/explain-membership.ts';
import { namesIn } from '#lib/server/programmes/audiences/names-in.ts';
import { listMembers, previewAudience } from '#lib/server/programmes/audiences/preview-audience.ts';
import { getAudience, listUses, listVersions } from '#lib/server/programmes/audiences/queries.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

const mostFound = 12;

export const load: PageServerLoad = async ({ locals: { ctx }, params, url: { searchParams: query } }) => {
	const { archivedAt, ...audience } = await getAudience(ctx, params.audience);
	const q = (query.get('q') ?? '').trim().slice(0, 60);
	const personId = query.get('person') ?? '';
	const [versions, uses, { count }, found, why] = await Promise.all([
		listVersions(ctx, audience.id),
		listUses(ctx, audience.id),
		previewAudience(ctx, audience),
		q ? listPeople(ctx, { q, status: 'all' }, { size: mostFound, ability: 'programme:view' }) : null,
		isId(personId) ? explainMembership(ctx, audience, personId) : null
	]);
	const [names, members] = await Promise.all([
		namesIn(
			ctx,
			versions.map(({ rule }) => rule)
		),
		listMembers(ctx, audience, { after: query.get('after'), before: query.get('before') }, { count })
	]);
	return {
		audience: { ...audience, archivedOn: archivedAt && dateOf(archivedAt) },
		versions,
		uses,
		names,
		count,
		members,
		search: { q, people: found?.rows ?? [] },
		why
	};
};

export const actions = {
	copy: formAction(schemas.copyAudience, copyAudience, (id, { cookies }) => {
		setFlash(cookies, { text: m.audiences_copied() });
		return `/manage/audiences/${id}/edit`;
	}),
	archive: formAction(schemas.archiveAudience, archiveAudience, (_, { cookies }) => {
		setFlash(cookies, { text: m.audiences_archived() });
		return '/manage/audiences';
	})
} satisfies Actions;
