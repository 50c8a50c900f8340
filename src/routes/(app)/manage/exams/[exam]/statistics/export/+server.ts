import {
	definitionSheet,
	optionSheet,
	paperSheet,
	questionSheet,
	turnoutSheet
} from '#lib/components/statistics/workbook.ts';
import { m } from '#lib/paraglide/messages.js';
import { listPapers } from '#lib/server/exams/queries.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import { seesScores } from '#lib/server/exams/sees-scores.ts';
import { eachUnitTurnout } from '#lib/server/exams/statistics/name-units.ts';
import { readFigures } from '#lib/server/exams/statistics/read-figures.ts';
import { readTurnout } from '#lib/server/exams/statistics/turnout.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { sheetOf } from '#lib/server/platform/xlsx.ts';
import { xlsxResponse } from '#lib/server/web/xlsx-response.ts';
import type { RequestHandler } from './$types';

/** What the page shows, a sheet for each of its tables: units and ranks within reach; papers and questions for whoever sees the whole exam. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	const view = await readExam(ctx, params.exam);
	const { exam } = view;
	if (exam.state === 'draft') throw notFound('exam');
	const [turnout, figures, papers] = await Promise.all([
		readTurnout(ctx, exam.id),
		readFigures(ctx, view),
		listPapers(ctx, exam.id)
	]);
	const names = Object.fromEntries(papers.map(({ id, name }) => [id, name]));
	const ofQuestions =
		figures.extent === 'whole' && figures.figures
			? [
					sheetOf(paperSheet(figures.figures.papers, names)),
					sheetOf(questionSheet(figures.questions)),
					sheetOf(optionSheet(figures.questions))
				]
			: [];
	return xlsxResponse(ctx, `${exam.title}-${m.statistics_tab()}-${dateOf(ctx.now)}`, [
		sheetOf(turnoutSheet(eachUnitTurnout(ctx, turnout), seesScores(view))),
		...ofQuestions,
		sheetOf(definitionSheet())
	]);
};
