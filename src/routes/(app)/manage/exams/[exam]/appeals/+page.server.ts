import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/marking.ts';
import { answerAppeal } from '#lib/server/exams/marking/answer-appeal.ts';
import { countOpen, listAppeals } from '#lib/server/exams/marking/appeal-queries.ts';
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
		appeals: await listAppeals(ctx, exam.id),
		open: await countOpen(ctx, exam.id)
	};
};

export const actions = {
	answer: formAction(
		schemas.answerAppeal,
		(ctx, { appealId, decision, answer, points }) =>
			answerAppeal(ctx, { appealId, upheld: decision === 'upheld', answer, points }),
		(_, { cookies, url }) => {
			setFlash(cookies, { text: m.marking_appeal_answered_flash() });
			return url.pathname;
		}
	)
} satisfies Actions;
