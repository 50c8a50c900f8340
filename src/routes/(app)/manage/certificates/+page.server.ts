import * as v from 'valibot';
import { certificateList } from '#lib/schemas/certificates.ts';
import { canSomewhere } from '#lib/server/access/scope.ts';
import { countCertificates, listCertificates } from '#lib/server/certificates/queries.ts';
import { listTemplates } from '#lib/server/certificates/templates.ts';
import { listUnitChoices } from '#lib/server/units/find-units.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url: { searchParams } }) => {
	const filter = v.parse(certificateList, Object.fromEntries(searchParams));
	const page = await listCertificates(ctx, filter);
	const [counts, templates, units] = await Promise.all([
		countCertificates(ctx, filter),
		listTemplates(ctx),
		listUnitChoices(ctx, 'certificate:view', filter.unit)
	]);
	return {
		...{ filter, counts, units, ...page },
		templates: templates.map(({ id, name }) => ({ id, name })),
		mayEdit: canSomewhere(ctx.actor, 'certificate:edit')
	};
};
