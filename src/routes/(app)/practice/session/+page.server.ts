import * as schemas from '#lib/schemas/practice.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { answerQuestion } from '#lib/server/practice/answer-question.ts';
import { readRound } from '#lib/server/practice/read-round.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url: { searchParams: query } }) => ({
	round: await readRound(locals.ctx as SignedIn, query.get('round'), query.get('at'))
});

export const actions = {
	answer: formAction(
		schemas.answerQuestion,
		answerQuestion,
		({ roundId, position }, { url }) => `${url.pathname}?round=${roundId}&at=${position}`
	)
} satisfies Actions;
