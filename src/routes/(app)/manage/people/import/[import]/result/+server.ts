import { m } from '#lib/paraglide/messages.js';
import { eachRow, getImport } from '#lib/server/people/roster/queries.ts';
import { resultSheet } from '#lib/server/people/roster/result-sheet.ts';
import { writeCsv } from '#lib/server/platform/tables/write-csv.ts';
import { csvResponse } from '#lib/server/web/csv-response.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
import { xlsxResponse } from '#lib/server/web/xlsx-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
	const found = await getImport(ctx, params.import);
	const sheet = resultSheet(found, eachRow(ctx, found.id), ({ key, values }) => errorMessage(key, values));
	const fileName = m.roster_result_file({ file: found.fileName.replace(/\.\w{1,5}$/, '') });
	return url.searchParams.get('format') === 'csv'
		? csvResponse(fileName, writeCsv(sheet))
		: xlsxResponse(ctx, fileName, sheet);
};
