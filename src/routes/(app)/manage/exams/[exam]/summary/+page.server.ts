import { eachCandidate } from '#lib/server/exams/list-candidates.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import { seesScores } from '#lib/server/exams/sees-scores.ts';
import { readExamTurnout } from '#lib/server/exams/statistics/exam-turnout.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import type { PageServerLoad } from './$types';

/** More people than this are no sheet to sign: their scores go out as a workbook. */
const onePrint = 2_000;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const ctx = locals.ctx as SignedIn;
	const view = await readExam(ctx, params.exam);
	if (view.exam.state === 'draft') throw notFound('exam');
	if (!seesScores(view)) throw notFound('exam');
	const unit = url.searchParams.get('unit');
	const turnout = await readExamTurnout(ctx, view.exam.id, unit, true);
	const here = turnout.here.due + turnout.here.exempt;
	const people = [];
	if (here <= onePrint) {
		const of = turnout.way.at(-1)?.id;
		for await (const line of eachCandidate(ctx, view.exam.id, { scores: true, unit: of })) people.push(line);
	}
	return { view, turnout, people, tooMany: here > onePrint, now: ctx.now };
};
