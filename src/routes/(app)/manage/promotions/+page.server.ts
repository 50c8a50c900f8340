import * as schemas from '#lib/schemas/promotions.ts';
import type { CaseView } from '#lib/schemas/promotions.ts';
import { can, canEverywhere, canSomewhere } from '#lib/server/access/scope.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { isId } from '#lib/server/platform/ids.ts';
import { cancelCase } from '#lib/server/promotions/cancel-case.ts';
import { judgedCase } from '#lib/server/promotions/judged-case.ts';
import { describeProgramme } from '#lib/server/promotions/programme.ts';
import { type CaseFilter, countCases, getCase, listCases } from '#lib/server/promotions/queries.ts';
import { readCaseFilter } from '#lib/server/promotions/read-cases.ts';
import { listAwaitingClass, planClassFor } from '#lib/server/promotions/plan-class.ts';
import { listUnitChoices } from '#lib/server/units/find-units.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const { view, filter, unit, units } = await readCaseFilter(ctx, url);
	const today = dateOf(ctx.now);
	const cases = await listCases(ctx, filter, view, {
		after: url.searchParams.get('after'),
		before: url.searchParams.get('before')
	});
	const plans = canSomewhere(ctx.actor, 'event:edit');
	const asked = url.searchParams.get('cancel');
	const cancelling = asked && isId(asked) ? await getCase(ctx, asked, 'promotion:edit') : null;

	return {
		today,
		view,
		filter,
		unit,
		units,
		cases: {
			...cases,
			rows: cases.rows.map((row) => ({
				...judgedCase(ctx, row),
				mayCancel: row.personId !== ctx.actor.personId && can(ctx.actor, 'promotion:edit', row.unitPath ?? '')
			}))
		},
		counts: await countCases(ctx, filter),
		programme: await describeProgramme(ctx),
		planning: url.searchParams.has('plan') && plans ? await readPlanning(ctx as SignedIn, filter, view) : null,
		cancelling: cancelling && { id: cancelling.id, name: cancelling.name },
		may: {
			edit: canSomewhere(ctx.actor, 'promotion:edit'),
			plan: plans,
			appoint: canSomewhere(ctx.actor, 'people:edit'),
			people: canSomewhere(ctx.actor, 'people:view'),
			programme: canEverywhere(ctx.actor, 'settings:edit')
		}
	};
};

/** Whom a class for those listed would be for, and who may hold it. */
async function readPlanning(ctx: SignedIn, filter: CaseFilter, view: CaseView) {
	const { units } = await listUnitChoices(ctx, 'event:edit');
	return { people: (await listAwaitingClass(ctx, filter, view)).length, units };
}

export const actions: Actions = {
	plan: async (event) => {
		const { view, filter } = await readCaseFilter(event.locals.ctx, event.url);
		return formAction(
			schemas.planClass,
			(ctx, input) => planClassFor(ctx, { ...input, view, filter }),
			(id) => `/manage/events/${id}`
		)(event);
	},
	cancel: formAction(schemas.cancelCase, cancelCase, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.promotions_cancelled_flash() });
		const query = new URLSearchParams(url.search);
		for (const name of [...query.keys()]) if (name.startsWith('/') || name === 'cancel') query.delete(name);
		return `${url.pathname}${query.size > 0 ? `?${query}` : ''}`;
	})
};
