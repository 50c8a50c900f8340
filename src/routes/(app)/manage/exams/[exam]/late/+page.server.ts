import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/marking.ts';
import { decideLateAnswer } from '#lib/server/exams/marking/admit-late-answer.ts';
import { listLate } from '#lib/server/exams/marking/late-queries.ts';
import { getDecidedExam } from '#lib/server/exams/marking/written-answers.ts';
import { findExamView } from '#lib/server/exams/read-exam.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	const exam = await getDecidedExam(ctx, params.exam);
	return {
		exam: { id: exam.id, title: exam.title },
		view: await findExamView(ctx, exam.id),
		late: await listLate(ctx, exam.id)
	};
};

export const actions = {
	decide: formAction(
		schemas.decideLate,
		(ctx, { lateId, decision, points }) => decideLateAnswer(ctx, { lateId, admitted: decision === 'admit', points }),
		(_, { cookies, url }) => {
			setFlash(cookies, { text: m.marking_late_decided() });
			return url.pathname;
		}
	)
} satisfies Actions;
