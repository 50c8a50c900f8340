import { m } from '#lib/paraglide/messages.js';
import { demand } from '#lib/server/access/scope.ts';
import { questionTemplateCsv, questionTemplateXlsx } from '#lib/server/questions/formats/sheet/template.ts';
import { csvResponse } from '#lib/server/web/csv-response.ts';
import { savedXlsx } from '#lib/server/web/xlsx-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	demand(ctx, 'question:edit');
	const fileName = m.formats_template_file();
	if (url.searchParams.get('format') === 'csv') return csvResponse(fileName, questionTemplateCsv());
	const names = { sheet: m.formats_template_sheet(), examples: m.formats_template_examples() };
	return savedXlsx(fileName, await questionTemplateXlsx(names));
};
