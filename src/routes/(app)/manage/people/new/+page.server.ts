import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/people.ts';
import { canSomewhere, demand } from '#lib/server/access/scope.ts';
import { hire } from '#lib/server/people/hire.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { initialValues, unitChoicesFor } from '#lib/server/web/unit-choices.ts';
import type { Actions, PageServerLoad } from './$types';

const fields = [
	'staffNumber',
	'name',
	'email',
	'joinedOn',
	'establishment',
	'unitId',
	'title',
	'leadershipLevel',
	'rank',
	'document'
];

export const load: PageServerLoad = async ({ locals: { ctx }, url: { searchParams: query } }) => {
	demand(ctx, 'people:edit');
	const defaults = {
		...Object.fromEntries(fields.map((name) => [name, ''])),
		unitId: query.get('unit'),
		startsOn: dateOf(ctx.now)
	};
	return {
		initial: initialValues(query, defaults),
		units: await unitChoicesFor(ctx, query, 'unitId', 'people:edit', query.get('unit')),
		mayIssue: canSomewhere(ctx.actor, 'account:issue')
	};
};

export const actions = {
	default: formAction(schemas.hire, hire, (personId, { cookies }) => {
		setFlash(cookies, {
			text: m.people_hired_flash(),
			href: `/manage/people/slips?person=${personId}`,
			label: m.people_issue_slip()
		});
		return `/manage/people/${personId}`;
	})
} satisfies Actions;
