import * as schemas from '#lib/schemas/practice.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { bringBackQuestion, dismissQuestion } from '#lib/server/practice/dismiss-question.ts';
import { countWrong, listLawsOfBook, listWrong } from '#lib/server/practice/list-wrong.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	const statute = query.get('law');
	const dismissed = query.get('show') === 'dismissed';
	const [list, count, laws] = await Promise.all([
		listWrong(ctx, { statute, dismissed, after: query.get('after'), before: query.get('before') }),
		countWrong(ctx),
		listLawsOfBook(ctx)
	]);
	return { list, count, laws, statute, dismissed };
};

/** Back to the list as it was, its first page, with a word on what was done. */
const backWith =
	(text: () => string) =>
	(_: unknown, { cookies, url }: RequestEvent) => {
		setFlash(cookies, { text: text() });
		const query = new URLSearchParams([...url.searchParams].filter(([name]) => name === 'law' || name === 'show'));
		return `${url.pathname}${query.size > 0 ? `?${query}` : ''}`;
	};

export const actions = {
	dismiss: formAction(schemas.dismissQuestion, dismissQuestion, backWith(m.practice_dismissed)),
	'bring-back': formAction(schemas.dismissQuestion, bringBackQuestion, backWith(m.practice_brought_back))
} satisfies Actions;
