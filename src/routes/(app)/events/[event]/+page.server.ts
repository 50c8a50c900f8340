import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/events.ts';
import { enterRoomCode } from '#lib/server/events/enter-room-code.ts';
import { getOwnEvent, listOwnEvents, listOwnPresences } from '#lib/server/events/own-events.ts';
import { listEventArticles, listEventFiles, listSessions } from '#lib/server/events/queries.ts';
import { renderContent } from '#lib/server/events/render-content.ts';
import { respond } from '#lib/server/events/respond.ts';
import { findOwnExam } from '#lib/server/events/own-exam.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import type { Actions, PageServerLoad } from './$types';

const early = 30 * 60_000;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const ctx = locals.ctx as SignedIn;
	const { event, unit } = await getOwnEvent(ctx, params.event);
	const [sessions, articles, files, own, presences, exam] = await Promise.all([
		listSessions(ctx, event.id),
		listEventArticles(ctx, event.id),
		listEventFiles(ctx, event.id),
		listOwnEvents(ctx, event.id),
		listOwnPresences(ctx, event.id),
		event.examId ? findOwnExam(ctx, event.examId) : null
	]);
	const [standing] = own;
	if (!standing) throw notFound('event');
	const { roomSecret: _, ...facts } = event;
	const now = ctx.now.getTime();
	return {
		...{ event: facts, unit, sessions, articles, own: standing, presences, exam },
		files: files.filter(({ part }) => part === 'material'),
		html: renderContent(event.content),
		/** Whether the code on the screen can be entered now. */
		room:
			event.roomCode &&
			(event.state === 'open' || event.state === 'held') &&
			sessions.some(({ startsAt, endsAt }) => startsAt.getTime() - early <= now && endsAt.getTime() >= now),
		declining: url.searchParams.get('act') === 'decline'
	};
};

export const actions = {
	respond: formAction(schemas.respond, respond, (standing, { cookies, url }) => {
		const said = {
			coming: m.events_coming_flash,
			waiting: m.events_waiting_flash,
			declined: m.events_declined_flash
		};
		setFlash(cookies, { text: said[standing]() });
		return url.pathname;
	}),
	room: formAction(schemas.enterRoomCode, enterRoomCode, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.events_room_flash() });
		return url.pathname;
	})
} satisfies Actions;
