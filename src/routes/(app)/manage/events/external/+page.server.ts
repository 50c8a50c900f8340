import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/events.ts';
import { confirmTraining, refuseTraining, revokeTraining } from '#lib/server/events/external-training.ts';
import { countReported, listTrainings } from '#lib/server/events/list-trainings.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

const acts = ['confirm', 'refuse', 'revoke'] as const;

export const load: PageServerLoad = async ({ locals, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	const filter = v.parse(schemas.trainingList, Object.fromEntries(query));
	const [page, reported] = await Promise.all([listTrainings(ctx, filter), countReported(ctx)]);
	const act = acts.find((act) => act === query.get('act'));
	const training = page.rows.find(({ id }) => id === query.get('training'));
	return { ...page, filter, reported, decision: act && training ? { act, training } : null };
};

const toList = ({ url }: { url: URL }) => {
	const kept = [...url.searchParams].filter(([name]) => !name.startsWith('/') && !['act', 'training'].includes(name));
	return `${url.pathname}${kept.length > 0 ? `?${new URLSearchParams(kept)}` : ''}`;
};

export const actions = {
	confirm: formAction(schemas.confirmTraining, confirmTraining, (_, event) => {
		setFlash(event.cookies, { text: m.events_confirmed_flash() });
		return toList(event);
	}),
	refuse: formAction(schemas.refuseTraining, refuseTraining, (_, event) => {
		setFlash(event.cookies, { text: m.events_refused_flash() });
		return toList(event);
	}),
	revoke: formAction(schemas.refuseTraining, revokeTraining, (_, event) => {
		setFlash(event.cookies, { text: m.events_revoked_flash() });
		return toList(event);
	})
} satisfies Actions;
