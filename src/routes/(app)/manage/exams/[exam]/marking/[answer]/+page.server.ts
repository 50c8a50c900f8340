import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/marking.ts';
import { readAnswerToMark, readMarking } from '#lib/server/exams/marking/marking-queries.ts';
import { giveBack, saveMark } from '#lib/server/exams/marking/save-mark.ts';
import { takeNext } from '#lib/server/exams/marking/take-next.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	const answer = await readAnswerToMark(ctx, params.exam, params.answer);
	const { exam, waiting } = await readMarking(ctx, params.exam);
	return { exam: { id: exam.id, title: exam.title }, answer, waiting };
};

const toQueue = (exam: string) => `/manage/exams/${exam}/marking`;

export const actions = {
	save: formAction(
		schemas.saveMark,
		async (ctx, { exam, ...mark }) => {
			await saveMark(ctx, { examId: exam, ...mark });
			return { exam, final: mark.final, next: mark.final ? await takeNext(ctx, exam) : undefined };
		},
		({ exam, final, next }, { cookies, url }) => {
			if (!final) {
				setFlash(cookies, { text: m.marking_draft_saved() });
				return url.pathname;
			}
			if (next) return `${toQueue(exam)}/${next}`;
			setFlash(cookies, { text: m.marking_none_left() });
			return toQueue(exam);
		}
	),
	/** What is typed is kept without being asked for. */
	draft: formAction(schemas.saveMark, async (ctx, { exam, ...mark }) => {
		await saveMark(ctx, { examId: exam, ...mark, final: false });
		return ctx.now;
	}),
	giveBack: formAction(
		schemas.theMark,
		(ctx, { exam, answer }) => giveBack(ctx, { examId: exam, answer }),
		(_, { cookies, params }) => {
			setFlash(cookies, { text: m.marking_given_back() });
			return toQueue(params.exam!);
		}
	)
} satisfies Actions;
