import * as schemas from '#lib/schemas/practice.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { beginRound } from '#lib/server/practice/begin-round.ts';
import { readPractice } from '#lib/server/practice/read-practice.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => readPractice(locals.ctx as SignedIn);

export const actions = {
	begin: formAction(schemas.beginRound, beginRound, (roundId) => `/practice/session?round=${roundId}`)
} satisfies Actions;
