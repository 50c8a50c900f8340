import * as v from 'valibot';
import { accommodationWords, candidateStanding } from '#lib/components/exams/candidate-words.ts';
import { formatDate } from '#lib/format/dates.ts';
import { levelNames, rankNames } from '#lib/format/posts.ts';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/exam-candidates.ts';
import { type CandidateLine, eachCandidate } from '#lib/server/exams/list-candidates.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import { seesScores } from '#lib/server/exams/sees-scores.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { env } from '#lib/server/platform/env.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { xlsxResponse } from '#lib/server/web/xlsx-response.ts';
import type { RequestHandler } from './$types';

/** Exactly the candidates that the page lists, under the same filter and in the same order, all pages of it. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const ctx = locals.ctx as SignedIn;
	const view = await readExam(ctx, params.exam);
	if (view.exam.state === 'draft') throw notFound('exam');
	const filter = v.parse(schemas.candidateList, Object.fromEntries(url.searchParams));
	const scores = seesScores(view);
	const instant = (at: string | null) => at && formatDate(at, 'instant', env.MINGFA_TIMEZONE);
	const title = view.exam.title;

	return xlsxResponse<CandidateLine>(ctx, `${title}-${m.exams_tab_candidates()}-${dateOf(ctx.now)}`, {
		title,
		rows: eachCandidate(ctx, view.exam.id, { ...filter, scores }),
		columns: [
			{ header: m.exams_column_name(), value: ({ name }) => name },
			{ header: m.exams_column_number(), value: ({ staffNumber }) => staffNumber },
			{ header: m.exams_column_unit(), width: 28, value: ({ unit }) => unit },
			{ header: m.people_level(), value: ({ leadershipLevel }) => leadershipLevel && levelNames[leadershipLevel]() },
			{ header: m.people_rank(), value: ({ rank }) => rank && rankNames[rank]() },
			{ header: m.exams_column_paper(), value: ({ paper }) => paper },
			{ header: m.exams_column_state(), value: (line) => candidateStanding(line).words },
			...(scores ? [{ header: m.exams_column_score(), value: ({ score }: CandidateLine) => score }] : []),
			{ header: m.exams_opens(), width: 18, value: ({ opensAt }) => instant(opensAt) },
			{ header: m.exams_closes(), width: 18, value: ({ closesAt }) => instant(closesAt) },
			{ header: m.exams_column_handed_in(), width: 18, value: ({ submittedAt }) => instant(submittedAt) },
			{ header: m.exams_column_accommodation(), value: accommodationWords },
			...(view.exam.onSite ? [{ header: m.exams_column_seat(), value: ({ seat }: CandidateLine) => seat }] : [])
		]
	});
};
