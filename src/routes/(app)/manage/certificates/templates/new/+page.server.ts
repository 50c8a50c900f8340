import * as v from 'valibot';
import { certificateKinds, createTemplate as schema } from '#lib/schemas/certificates.ts';
import { demand } from '#lib/server/access/scope.ts';
import { createTemplate } from '#lib/server/certificates/keep-template.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { unitChoicesFor } from '#lib/server/web/unit-choices.ts';
import type { Actions, PageServerLoad } from './$types';

const kind = v.fallback(v.picklist(certificateKinds), 'course');

export const load: PageServerLoad = async ({ locals: { ctx }, url: { searchParams: query } }) => {
	demand(ctx, 'certificate:edit');
	return {
		kind: v.parse(kind, query.get('kind')),
		units: await unitChoicesFor(ctx, query, 'unitId', 'certificate:edit')
	};
};

export const actions = {
	default: formAction(schema, createTemplate, (id) => `/manage/certificates/templates/${id}`)
} satisfies Actions;
