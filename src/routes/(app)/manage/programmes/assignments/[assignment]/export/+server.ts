import * as v from 'valibot';
import { askedWords } from '#lib/components/programmes/asked-words.ts';
import { stateWords } from '#lib/components/programmes/obligation-words.ts';
import { withdrawnWords } from '#lib/components/requirements/withdrawn-words.ts';
import { m } from '#lib/paraglide/messages.js';
import { dutyList } from '#lib/schemas/requirements.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { streamXlsx } from '#lib/server/platform/xlsx.ts';
import { getStandingAssignment } from '#lib/server/programmes/requirements/assignments.ts';
import { type DutyLine, eachDuty } from '#lib/server/programmes/requirements/list-duties.ts';
import type { RequestHandler } from './$types';

/** Exactly what the page lists, under the same filter and in the same order, all pages of it. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
	const { id, title } = await getStandingAssignment(ctx, params.assignment);
	const { after: _, before: __, ...listing } = v.parse(dutyList, Object.fromEntries(url.searchParams));
	const sheet = streamXlsx<DutyLine>(ctx, {
		title,
		rows: eachDuty(ctx, id, listing),
		columns: [
			{ header: m.programmes_column_name(), value: (row) => row.name },
			{ header: m.programmes_column_number(), value: (row) => row.staffNumber },
			{ header: m.programmes_column_unit(), width: 28, value: (row) => row.unit },
			{ header: m.programmes_column_post(), value: (row) => row.title },
			{ header: m.requirements_column_asked(), width: 36, value: (row) => askedWords(row.asked) },
			{ header: m.programmes_column_state(), value: (row) => stateWords(row.state) },
			{ header: m.programmes_column_due(), value: (row) => row.dueOn },
			{
				header: m.programmes_column_completed(),
				value: ({ completedAt }) => completedAt && dateOf(new Date(completedAt))
			},
			{ header: m.programmes_column_reason(), width: 28, value: (row) => withdrawnWords(row.withdrawnBecause) }
		]
	});
	const file = encodeURIComponent(`${title}-${dateOf(ctx.now)}.xlsx`);
	return new Response(sheet, {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'content-disposition': `attachment; filename="programme.xlsx"; filename*=UTF-8''${file}`
		}
	});
};
