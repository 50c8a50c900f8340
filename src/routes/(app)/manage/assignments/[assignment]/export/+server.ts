import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import * as schemas from '#lib/schemas/programmes.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { streamXlsx } from '#lib/server/platform/xlsx.ts';
import { getAssignment } from '#lib/server/programmes/assignment-queries.ts';
import { eachObligation, type ObligationLine } from '#lib/server/programmes/obligation-queries.ts';
import { reasonWords, stateWords, whyWords } from '#lib/components/programmes/obligation-words.ts';
import type { RequestHandler } from './$types';

/** Exactly what the page lists, under the same filter and in the same order, all pages of it. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
	const assignment = await getAssignment(ctx, params.assignment);
	const asked = Object.fromEntries(url.searchParams);
	const { sort } = v.parse(schemas.obligationOrder, asked);
	const title = assignment.title[getLocale()];
	const day = (instant: string | null) => instant && dateOf(new Date(instant));

	const sheet = streamXlsx<ObligationLine>(ctx, {
		title,
		rows: eachObligation(ctx, assignment.id, { ...v.parse(schemas.listing, asked), sort }),
		columns: [
			{ header: m.programmes_column_name(), value: ({ name }) => name },
			{ header: m.programmes_column_number(), value: ({ staffNumber }) => staffNumber },
			{ header: m.programmes_column_unit(), width: 28, value: ({ unit }) => unit },
			{ header: m.programmes_column_post(), value: ({ title }) => title },
			{ header: m.programmes_column_course(), width: 32, value: () => title },
			{ header: m.programmes_column_state(), value: ({ state }) => stateWords(state) },
			{ header: m.programmes_column_due(), value: ({ dueOn }) => dueOn },
			{ header: m.programmes_column_started(), value: ({ startedAt }) => day(startedAt) },
			{ header: m.programmes_column_completed(), value: ({ completedAt }) => day(completedAt) },
			{ header: m.programmes_column_why(), width: 28, value: whyWords },
			{
				header: m.programmes_column_reason(),
				width: 28,
				value: ({ withdrawnBecause }) => reasonWords(withdrawnBecause)
			}
		]
	});
	const file = encodeURIComponent(`${title}-${dateOf(ctx.now)}.xlsx`);
	return new Response(sheet, {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'content-disposition': `attachment; filename="assignment.xlsx"; filename*=UTF-8''${file}`
		}
	});
};
