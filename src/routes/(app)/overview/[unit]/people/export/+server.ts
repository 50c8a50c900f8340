import { eachPersonBehind } from '#lib/server/completion/list-people.ts';
import { readPeopleFilter } from '#lib/server/completion/read-people.ts';
import { peopleSheet } from '#lib/server/completion/sheets.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { xlsxResponse } from '#lib/server/web/xlsx-response.ts';
import { m } from '#lib/paraglide/messages.js';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
	const { unit, period, filter } = await readPeopleFilter(ctx, params.unit, url);
	return xlsxResponse(
		ctx,
		m.completion_people_file({ unit: unit.name, year: period.year, date: dateOf(period.asOf) }),
		peopleSheet(eachPersonBehind(ctx, unit.id, filter))
	);
};
