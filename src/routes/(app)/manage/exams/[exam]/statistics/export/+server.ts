import { share } from '#lib/components/statistics/turnout-words.ts';
import { rankNames } from '#lib/format/posts.ts';
import { m } from '#lib/paraglide/messages.js';
import { readExam } from '#lib/server/exams/read-exam.ts';
import { seesScores } from '#lib/server/exams/sees-scores.ts';
import type { Turnout } from '#lib/server/exams/statistics/exam-figures.ts';
import { eachUnitTurnout } from '#lib/server/exams/statistics/name-units.ts';
import { readTurnout } from '#lib/server/exams/statistics/turnout.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { xlsxResponse } from '#lib/server/web/xlsx-response.ts';
import type { RequestHandler } from './$types';

type Row = { unit: string; rank: string | null; turnout: Turnout };

/** The turnout by unit and rank, a line for each, of everybody within reach: what the page adds up. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	const view = await readExam(ctx, params.exam);
	if (view.exam.state === 'draft') throw notFound('exam');
	const rows = await readTurnout(ctx, view.exam.id);
	const title = m.statistics_tab();
	const scores = [
		{ header: m.exams_passed(), value: ({ turnout }: Row) => turnout.passed },
		{
			header: m.statistics_pass_rate(),
			value: ({ turnout: { passed, failed } }: Row) => share(passed, passed + failed)
		},
		{ header: m.statistics_excellent(), value: ({ turnout }: Row) => turnout.excellent },
		{
			header: m.statistics_excellent_share(),
			value: ({ turnout: { passed, failed, excellent } }: Row) => share(excellent, passed + failed)
		}
	];
	return xlsxResponse<Row>(ctx, `${view.exam.title}-${title}-${dateOf(ctx.now)}`, {
		title,
		rows: eachUnitTurnout(ctx, rows),
		columns: [
			{ header: m.exams_column_unit(), width: 32, value: ({ unit }) => unit },
			{
				header: m.people_rank(),
				value: ({ rank }) => (rank ? rankNames[rank as keyof typeof rankNames]() : m.statistics_no_rank())
			},
			{ header: m.exams_due(), value: ({ turnout }) => turnout.due },
			{ header: m.exams_exempt(), value: ({ turnout }) => turnout.exempt },
			{ header: m.exams_sat(), value: ({ turnout }) => turnout.sat },
			{ header: m.exams_absent(), value: ({ turnout }) => turnout.absent },
			{ header: m.statistics_participation_rate(), value: ({ turnout: { sat, due } }) => share(sat, due) },
			...(seesScores(view) ? scores : [])
		]
	});
};
