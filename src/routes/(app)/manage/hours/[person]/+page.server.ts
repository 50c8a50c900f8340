import * as schemas from '#lib/schemas/hours.ts';
import { can, canSomewhere } from '#lib/server/access/scope.ts';
import { readLedger } from '#lib/server/hours/read-ledger.ts';
import { giveBackHours, takeBackHours } from '#lib/server/hours/take-back-hours.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const { unitPath, ...ledger } = await readLedger(ctx, params.person);
	const decides = can(ctx.actor, 'hours:confirm', unitPath) && params.person !== ctx.actor.personId;
	const asked = decides ? url.searchParams.get('entry') : null;
	const entry = ledger.years.flatMap(({ entries }) => entries).find(({ id }) => id === asked);
	const seesEvents = canSomewhere(ctx.actor, 'event:view');
	return { ...ledger, decides, seesEvents, entry: entry && (entry.stands || entry.isTakenBack) ? entry : null };
};

export const actions: Actions = {
	takeBack: formAction(schemas.takeBackHours, takeBackHours, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.hours_taken_back_flash() });
		return url.pathname;
	}),
	giveBack: formAction(schemas.takeBackHours, giveBackHours, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.hours_given_back_flash() });
		return url.pathname;
	})
};
