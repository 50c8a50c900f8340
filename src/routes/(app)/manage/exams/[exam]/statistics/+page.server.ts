import { listPapers } from '#lib/server/exams/queries.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import { seesScores } from '#lib/server/exams/sees-scores.ts';
import { readExamTurnout } from '#lib/server/exams/statistics/exam-turnout.ts';
import { readFigures } from '#lib/server/exams/statistics/read-figures.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const ctx = locals.ctx as SignedIn;
	const view = await readExam(ctx, params.exam);
	if (view.exam.state === 'draft') throw notFound('exam');
	const scores = seesScores(view);
	const [turnout, figures, papers] = await Promise.all([
		readExamTurnout(ctx, view.exam.id, url.searchParams.get('unit'), scores),
		readFigures(ctx, view),
		listPapers(ctx, view.exam.id)
	]);
	return {
		view,
		turnout,
		figures,
		scores,
		papers: Object.fromEntries(papers.map(({ id, name }) => [id, name])),
		now: ctx.now
	};
};
