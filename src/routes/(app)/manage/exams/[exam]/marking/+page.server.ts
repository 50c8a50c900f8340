import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/marking.ts';
import { readMarking } from '#lib/server/exams/marking/marking-queries.ts';
import { takeNext } from '#lib/server/exams/marking/take-next.ts';
import { findExamView } from '#lib/server/exams/read-exam.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	return { ...(await readMarking(ctx, params.exam)), view: await findExamView(ctx, params.exam) };
};

export const actions = {
	next: formAction(
		schemas.theExam,
		(ctx, { exam }) => takeNext(ctx, exam),
		(code, { cookies, url }) => {
			if (code) return `${url.pathname}/${code}`;
			setFlash(cookies, { text: m.marking_none_left() });
			return url.pathname;
		}
	)
} satisfies Actions;
