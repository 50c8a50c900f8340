import * as schemas from '#lib/schemas/assessments.ts';
import { canEverywhere } from '#lib/server/access/scope.ts';
import { createScheme } from '#lib/server/assessments/schemes/change-scheme.ts';
import { listSchemes } from '#lib/server/assessments/schemes/read-scheme.ts';
import { yearOf } from '#lib/server/platform/dates.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
	const thisYear = yearOf(ctx.now);
	return {
		schemes: await listSchemes(ctx),
		years: [thisYear + 1, thisYear, thisYear - 1],
		mayEdit: canEverywhere(ctx.actor, 'scheme:edit')
	};
};

export const actions: Actions = {
	default: formAction(schemas.newScheme, createScheme, (id) => `/manage/schemes/${id}`)
};
