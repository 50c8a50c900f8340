import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/questions.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { restoreQuestion, retireQuestion } from '#lib/server/questions/change-questions.ts';
import { findSimilar } from '#lib/server/questions/find-similar.ts';
import { getQuestion } from '#lib/server/questions/get-question.ts';
import { discardDraft, returnDraft, submitDraft, withdrawDraft } from '#lib/server/questions/move-draft.ts';
import { publishDraft } from '#lib/server/questions/publish-draft.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ctx = locals.ctx as SignedIn;
	const page = await getQuestion(ctx, params.question);
	const [first] = page.draft?.wording.questions ?? [];
	return { page, similar: first ? await findSimilar(ctx, first.content.stem, page.question.id) : [] };
};

/** Stays at the question, and says what was done. */
const told =
	(words: () => string, address = ({ url }: RequestEvent) => url.pathname) =>
	(_: unknown, event: RequestEvent) => {
		setFlash(event.cookies, { text: words() });
		return address(event);
	};
const toReview = () => '/manage/questions?view=review';

export const actions = {
	submit: formAction(schemas.oneQuestion, submitDraft, told(m.questions_submitted_flash)),
	withdraw: formAction(schemas.oneQuestion, withdrawDraft, told(m.questions_withdrawn_flash)),
	discard: formAction(
		schemas.oneQuestion,
		discardDraft,
		told(m.questions_discarded_flash, () => '/manage/questions')
	),
	publish: formAction(schemas.publishDraft, publishDraft, told(m.questions_published_flash, toReview)),
	return: formAction(schemas.returnDraft, returnDraft, told(m.questions_returned_flash, toReview)),
	retire: formAction(schemas.oneQuestion, retireQuestion, told(m.questions_retired_one_flash)),
	restore: formAction(schemas.oneQuestion, restoreQuestion, told(m.questions_restored_flash))
} satisfies Actions;
