import { m } from '#lib/paraglide/messages.js';
import { demand } from '#lib/server/access/scope.ts';
import { templateCsv, templateXlsx } from '#lib/server/people/roster/template.ts';
import { csvResponse } from '#lib/server/web/csv-response.ts';
import { savedXlsx } from '#lib/server/web/xlsx-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	demand(ctx, 'people:import');
	const fileName = m.roster_template_file();
	return url.searchParams.get('format') === 'csv'
		? csvResponse(fileName, templateCsv())
		: savedXlsx(fileName, await templateXlsx());
};
