import { createProgramme as schema } from '#lib/schemas/requirements.ts';
import { demand } from '#lib/server/access/scope.ts';
import { createProgramme } from '#lib/server/programmes/requirements/create-programme.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { initialValues, unitChoicesFor } from '#lib/server/web/unit-choices.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url: { searchParams: query } }) => {
	demand(ctx, 'programme:edit');
	return {
		initial: initialValues(query, { unitId: null, title: '', summary: '' }),
		units: await unitChoicesFor(ctx, query, 'unitId', 'programme:edit')
	};
};

export const actions = {
	default: formAction(schema, createProgramme, (id) => `/manage/programmes/${id}/edit`)
} satisfies Actions;
