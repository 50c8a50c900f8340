import * as schemas from '#lib/schemas/checks.ts';
import { beginCheck } from '#lib/server/courses/begin-check.ts';
import { readCheck } from '#lib/server/courses/read-check.ts';
import { saveAnswer } from '#lib/server/courses/save-answer.ts';
import { submitCheck } from '#lib/server/courses/submit-check.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) =>
	readCheck(locals.ctx as SignedIn, params, url.searchParams.get('at'));

async function saveAndGo(ctx: SignedIn, { answer, to, ...place }: schemas.AnswerForm): Promise<string> {
	if (answer) await saveAnswer(ctx, { ...place, answer });
	return to;
}

export const actions = {
	begin: formAction(schemas.lessonAddress, beginCheck, (_, { url }) => url.pathname),
	answer: formAction(schemas.answerForm, saveAndGo, (to, { url }) => `${url.pathname}?at=${to}`),
	submit: formAction(schemas.submitCheck, submitCheck, (_, { url }) => url.pathname)
} satisfies Actions;
