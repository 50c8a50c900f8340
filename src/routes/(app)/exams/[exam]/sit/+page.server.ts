import { redirect } from '@sveltejs/kit';
import * as schemas from '#lib/schemas/sitting.ts';
import { answerByForm } from '#lib/server/exams/sitting/answer-by-form.ts';
import { pauseAttempt, resumeAttempt } from '#lib/server/exams/sitting/pause-attempt.ts';
import { readSitting } from '#lib/server/exams/sitting/read-sitting.ts';
import { submitAttempt } from '#lib/server/exams/sitting/submit-attempt.ts';
import { takeOver } from '#lib/server/exams/sitting/take-over.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { readWriter, setWriter } from '#lib/server/web/writer-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, cookies, url }) => {
	const ctx = locals.ctx as SignedIn;
	const sitting = await readSitting(ctx, params.exam, readWriter({ cookies }));
	if (!sitting) redirect(303, `/exams/${params.exam}`);
	return { sitting, personId: ctx.actor.personId, at: url.searchParams.get('at') };
};

const toExam = (_: unknown, { url }: { url: URL }) => url.pathname.replace(/\/sit$/, '');
const toSit = (_: unknown, { url }: { url: URL }) => url.pathname;

export const actions = {
	answer: formAction(schemas.answerForm, answerByForm, (to, { url }) => `${url.pathname}?at=${to}`),
	submit: formAction(schemas.onAttempt, (ctx, { attemptId }) => submitAttempt(ctx, attemptId), toExam),
	pause: formAction(schemas.onAttempt, pauseAttempt, toSit),
	resume: formAction(schemas.onAttempt, (ctx, { attemptId }) => resumeAttempt(ctx, attemptId), toSit),
	'take-over': (event) => {
		const take = formAction(
			schemas.onAttempt,
			(ctx, { attemptId }) => takeOver(ctx, { attemptId, writer: setWriter(event), address: event.locals.address }),
			toSit
		);
		return take(event);
	}
} satisfies Actions;
