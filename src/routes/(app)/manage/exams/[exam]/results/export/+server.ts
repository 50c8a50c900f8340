import { candidateStanding } from '#lib/components/exams/candidate-words.ts';
import { paperColumns } from '#lib/components/marking/paper-columns.ts';
import { levelNames, rankNames } from '#lib/format/posts.ts';
import { formatPercent } from '#lib/format/numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import { eachResult, type ResultLine, shareOf } from '#lib/server/exams/marking/each-result.ts';
import { readListing } from '#lib/server/exams/marking/read-listing.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import { seesScores } from '#lib/server/exams/sees-scores.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { env } from '#lib/server/platform/env.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { xlsxResponse } from '#lib/server/web/xlsx-response.ts';
import type { RequestHandler } from './$types';

/** The results that the page lists, all pages of them: what counts, what came of it, and every paper behind it. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const ctx = locals.ctx as SignedIn;
	const view = await readExam(ctx, params.exam);
	const { exam } = view;
	if (exam.state === 'draft') throw notFound('exam');
	const scores = seesScores(view);
	const ofScores = [
		{ header: m.exams_column_score(), value: ({ score }: ResultLine) => score },
		{
			header: m.marking_share(),
			value: (line: ResultLine) => {
				const share = shareOf(line);
				return share === null ? null : formatPercent(share);
			}
		},
		{ header: m.marking_papers_count(), value: ({ papers }: ResultLine) => papers.length },
		...paperColumns(exam.attempts, env.MINGFA_TIMEZONE)
	];
	return xlsxResponse<ResultLine>(ctx, `${exam.title}-${m.marking_tab_results()}-${dateOf(ctx.now)}`, {
		title: m.marking_tab_results(),
		rows: eachResult(ctx, exam.id, readListing(url.searchParams, scores)),
		columns: [
			{ header: m.exams_column_name(), value: ({ name }) => name },
			{ header: m.exams_column_number(), value: ({ staffNumber }) => staffNumber },
			{ header: m.exams_column_unit(), width: 28, value: ({ unit }) => unit },
			{ header: m.people_level(), value: ({ leadershipLevel }) => leadershipLevel && levelNames[leadershipLevel]() },
			{ header: m.people_rank(), value: ({ rank }) => rank && rankNames[rank]() },
			{ header: m.exams_column_paper(), value: ({ paper }) => paper },
			{ header: m.marking_outcome(), value: (line) => candidateStanding(line).words },
			...(scores ? ofScores : [])
		]
	});
};
