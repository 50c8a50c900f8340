import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/bulk.ts';
import { describeValues } from '#lib/server/bulk/choices.ts';
import { beginAct, discardAct, undoAct } from '#lib/server/bulk/decide-act.ts';
import { countRefusals, countRows, getAct, listRows, mayDecide, undoableUntil } from '#lib/server/bulk/queries.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { errorMessage } from '#lib/server/web/error-message.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url: { searchParams: query }, depends }) => {
	depends('bulk:act');
	const ctx = locals.ctx as SignedIn;
	const act = await getAct(ctx, params.act);
	const asked = v.parse(schemas.bulkRowList, Object.fromEntries(query));
	const [counts, refusals, page, values] = await Promise.all([
		countRows(ctx, act.id),
		countRefusals(ctx, act.id),
		listRows(ctx, act.id, asked),
		describeValues(ctx, act.values)
	]);
	const until = undoableUntil(act, ctx.now);
	const isOwn = act.createdBy === ctx.actor.personId;
	const { id, kind, list, filter, state, createdAt, finishedAt, undoneBecause, by } = act;
	return {
		act: { id, kind, list, filter, state, createdAt, finishedAt, undoneBecause, by },
		counts,
		refusals: refusals.map(({ error, count }) => ({ words: errorMessage(error), count })),
		...page,
		rows: page.rows.map(({ error, ...row }) => ({ ...row, words: error && errorMessage(error) })),
		values,
		show: asked.show,
		may: { begin: isOwn && state === 'previewed', undo: mayDecide(ctx, act) && until !== null },
		undoUntil: until
	};
};

export const actions = {
	begin: formAction(schemas.theAct, beginAct, (_, { url }) => url.pathname),
	discard: formAction(schemas.theAct, discardAct, (_, { cookies }) => {
		setFlash(cookies, { text: m.bulk_discarded_flash() });
		return '/manage/bulk';
	}),
	undo: formAction(schemas.undoAct, undoAct, (_, { url }) => url.pathname)
} satisfies Actions;
