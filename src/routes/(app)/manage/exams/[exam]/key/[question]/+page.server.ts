import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/marking.ts';
import { describePreview, readKey } from '#lib/server/exams/marking/key-queries.ts';
import { mendKey } from '#lib/server/exams/marking/mend-key.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	const view = await readExam(ctx, params.exam);
	const { exam, may } = view;
	if (!may.edit || exam.state === 'draft') throw notFound('exam');
	return {
		view,
		mayOpen: may.questions,
		key: await readKey(ctx, exam, params.question)
	};
};

export const actions = {
	preview: formAction(schemas.mendKey, (ctx, { exam, question, ...change }) =>
		describePreview(ctx, { examId: exam, questionId: question, ...change })
	),
	mend: formAction(
		schemas.mendKey,
		(ctx, { exam, question, ...change }) => mendKey(ctx, { examId: exam, questionId: question, ...change }),
		({ personIds, turned }, { cookies, url }) => {
			setFlash(cookies, { text: m.marking_key_mended_flash({ count: personIds.length, turned: turned.length }) });
			return url.pathname;
		}
	)
} satisfies Actions;
