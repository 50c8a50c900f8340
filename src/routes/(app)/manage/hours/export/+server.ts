import { hoursSheet } from '#lib/components/hours/hours-sheet.ts';
import { demand } from '#lib/server/access/scope.ts';
import { eachStanding, yearOfFilter } from '#lib/server/hours/list-standings.ts';
import { listTargets } from '#lib/server/hours/targets.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { xlsxResponse } from '#lib/server/web/xlsx-response.ts';
import { m } from '#lib/paraglide/messages.js';
import { readFilter } from '../read-filter.ts';
import type { RequestHandler } from './$types';

/** Everybody listed, in the order of the list. */
export const GET: RequestHandler = async ({ locals: { ctx }, url: { searchParams: query } }) => {
	demand(ctx, 'hours:view');
	const { filter, sort } = readFilter(query);
	const year = yearOfFilter(ctx, filter);
	const sheet = hoursSheet(year, await listTargets(ctx, year), eachStanding(ctx, filter, sort));
	return xlsxResponse(ctx, m.hours_file({ year, date: dateOf(ctx.now) }), sheet);
};
