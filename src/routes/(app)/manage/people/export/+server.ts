import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/people.ts';
import { demand } from '#lib/server/access/scope.ts';
import { demandPeople } from '#lib/server/people/list-people.ts';
import type { PeopleFilter } from '#lib/server/people/listed.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { fieldsOf } from '#lib/server/web/form-fields.ts';
import { xlsxResponse } from '#lib/server/web/xlsx-response.ts';
import { columnsOf, rowsOf } from './sheet.ts';
import type { RequestHandler } from './$types';

const sorts = v.fallback(v.picklist(schemas.peopleOrders), 'name');
type Sort = v.InferOutput<typeof sorts>;

/** Everybody listed, in the order of the list. */
export const GET: RequestHandler = ({ locals: { ctx }, url: { searchParams: query } }) =>
	sheetOf(ctx, v.parse(schemas.peopleFilter, Object.fromEntries(query)), v.parse(sorts, query.get('sort')));

/** The people picked on the page. */
export const POST: RequestHandler = async ({ locals: { ctx }, request, url }) => {
	const { personIds } = v.parse(v.object({ personIds: schemas.chosenPeople }), fieldsOf(await request.formData()));
	await demandPeople(ctx, personIds, 'people:view');
	return sheetOf(ctx, { ids: personIds, status: 'all' }, v.parse(sorts, url.searchParams.get('sort')));
};

function sheetOf(ctx: Context, filter: PeopleFilter, sort: Sort): Response {
	demand(ctx, 'people:view');
	const title = m.people_title();
	return xlsxResponse(ctx, `${title} ${dateOf(ctx.now)}`, {
		title,
		columns: columnsOf(ctx),
		rows: rowsOf(ctx, filter, sort)
	});
}
