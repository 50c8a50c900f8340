import { redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/events.ts';
import { correctPresence } from '#lib/server/events/correct-presence.ts';
import { listAttendance, listCorrections } from '#lib/server/events/list-participants.ts';
import { noteAllPresent, noteAttendance } from '#lib/server/events/note-attendance.ts';
import { readEvent } from '#lib/server/events/read-event.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url: { searchParams: query } }) => {
	const ctx = locals.ctx as SignedIn;
	const view = await readEvent(ctx, params.event);
	const { event } = view;
	if (event.state === 'planned' || event.state === 'cancelled') redirect(303, `/manage/events/${event.id}`);
	const [list, corrections] = await Promise.all([
		listAttendance(ctx, event.id),
		event.state === 'closed' ? listCorrections(ctx, event.id) : []
	]);
	const asked = list.find(({ id }) => id === query.get('person'));
	const isCorrecting = view.may.edit && event.state === 'closed' && query.get('act') === 'correct';
	return {
		view,
		list: list.map((line) => (view.may.edit ? line : { ...line, declinedBecause: null })),
		corrections,
		isOpen: (event.state === 'open' || event.state === 'held') && dateOf(event.startsAt) <= dateOf(ctx.now),
		correcting: isCorrecting && asked ? asked : null,
		self: ctx.actor.personId,
		servedAt: ctx.now.getTime()
	};
};

export const actions = {
	/** The list of one session as a form: every name of whom something was chosen. */
	note: formAction(
		schemas.presenceForm,
		(ctx, { eventId, notes }) =>
			noteAttendance(ctx, { eventId, notes: notes.map((note) => ({ ...note, notedAt: ctx.now })) }),
		(_, { cookies, url }) => {
			setFlash(cookies, { text: m.events_noted_flash() });
			return withoutAction(url);
		}
	),
	all: formAction(schemas.allPresent, noteAllPresent, (count, { cookies, url }) => {
		setFlash(cookies, { text: m.events_all_flash({ count }) });
		return withoutAction(url);
	}),
	correct: formAction(schemas.correctPresence, correctPresence, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.events_corrected_flash() });
		return url.pathname;
	})
} satisfies Actions;

function withoutAction({ pathname, searchParams }: URL): string {
	const session = searchParams.get('session');
	return session ? `${pathname}?session=${encodeURIComponent(session)}` : pathname;
}
