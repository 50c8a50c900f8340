import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/promotions.ts';
import { can } from '#lib/server/access/scope.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { exemptItems, listDecisions, postponeItem } from '#lib/server/promotions/decide-items.ts';
import { judgedCase } from '#lib/server/promotions/judged-case.ts';
import { readCase } from '#lib/server/promotions/queries.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { isId } from '#lib/server/platform/ids.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { neededUpload } from '#lib/server/web/form-upload.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params: { promotion } }) => {
	const ctx = locals.ctx as SignedIn;
	if (!isId(promotion)) throw notFound('promotion');
	const found = judgedCase(ctx, await readCase(ctx, promotion));
	const isOwn = found.personId === ctx.actor.personId;
	const decides = can(ctx.actor, 'promotion:edit', found.unitPath ?? '');
	const isOpen = !found.completedAt && !found.cancelledAt && found.isActive;
	return {
		found,
		decisions: isOwn || decides ? await listDecisions(ctx, promotion) : [],
		may: { decide: decides && !isOwn && isOpen, people: can(ctx.actor, 'people:view', found.unitPath ?? '') }
	};
};

export const actions: Actions = {
	exempt: formAction(
		schemas.exemptItems,
		async (ctx, { proof, ...input }) => exemptItems(ctx, input, await neededUpload(proof, 'proof')),
		(_, { cookies, url }) => {
			setFlash(cookies, { text: m.promotions_exempted_flash() });
			return url.pathname;
		}
	),
	postpone: formAction(schemas.postponeItem, postponeItem, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.promotions_postponed_flash() });
		return url.pathname;
	})
};
