import { redirect } from '@sveltejs/kit';
import * as schemas from '#lib/schemas/sitting.ts';
import { readOwnExam } from '#lib/server/exams/sitting/read-own-exam.ts';
import { startAttempt } from '#lib/server/exams/sitting/start-attempt.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { readWriter, setWriter } from '#lib/server/web/writer-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	exam: await readOwnExam(locals.ctx as SignedIn, params.exam)
});

export const actions = {
	start: (event) => {
		const sitHref = `/exams/${event.params.exam}/sit`;
		const writer = setWriter(event, readWriter(event));
		const start = formAction(
			schemas.start,
			(ctx, { exam, accessCode }) =>
				startAttempt(ctx, { examId: exam, accessCode, writer, address: event.locals.address }).catch((error) => {
					// The page of the sitting asks whether to go on there instead.
					if (error instanceof DomainError && error.code === 'attempt.elsewhere') redirect(303, sitHref);
					throw error;
				}),
			() => sitHref
		);
		return start(event);
	}
} satisfies Actions;
