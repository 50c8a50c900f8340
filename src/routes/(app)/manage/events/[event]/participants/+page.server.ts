import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/events.ts';
import { listParticipants } from '#lib/server/events/list-participants.ts';
import { readEvent } from '#lib/server/events/read-event.ts';
import { answerFor, removeParticipant } from '#lib/server/events/respond.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

const acts = ['accept', 'decline', 'remove'] as const;

export const load: PageServerLoad = async ({ locals: { ctx }, params, url: { searchParams: query } }) => {
	const view = await readEvent(ctx, params.event);
	const filter = v.parse(schemas.participantList, Object.fromEntries(query));
	const { rows, ...page } = await listParticipants(ctx, view.event.id, filter);
	const act = acts.find((act) => act === query.get('act'));
	const person = rows.find(({ id }) => id === query.get('person'));
	return {
		view,
		...page,
		filter,
		// Why somebody does not come is for those who arrange the event.
		rows: rows.map((row) => (view.may.edit ? row : { ...row, declinedBecause: null })),
		decision: act && person && view.may.edit ? { act, person } : null
	};
};

const toList = ({ url }: { url: URL }) => {
	const kept = [...url.searchParams].filter(([name]) => !name.startsWith('/') && name !== 'act' && name !== 'person');
	return `${url.pathname}${kept.length > 0 ? `?${new URLSearchParams(kept)}` : ''}`;
};

export const actions = {
	answer: formAction(schemas.answerFor, answerFor, (standing, event) => {
		setFlash(event.cookies, {
			text: standing === 'waiting' ? m.events_answered_waiting_flash() : m.events_answered_flash()
		});
		return toList(event);
	}),
	remove: formAction(schemas.removeParticipant, removeParticipant, (_, event) => {
		setFlash(event.cookies, { text: m.events_removed_flash() });
		return toList(event);
	})
} satisfies Actions;
