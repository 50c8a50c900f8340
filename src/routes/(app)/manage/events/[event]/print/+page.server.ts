import { listAttendance } from '#lib/server/events/list-participants.ts';
import { readEvent } from '#lib/server/events/read-event.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const view = await readEvent(ctx, params.event);
	if (view.event.state === 'cancelled') throw notFound('event');
	const list = await listAttendance(ctx, view.event.id);
	const isClosed = view.event.state === 'closed';
	const asked = url.searchParams.get('list');
	return {
		view,
		kind: asked === 'attendance' || (asked !== 'sign-in' && isClosed) ? ('attendance' as const) : ('sign-in' as const),
		list: list.filter(({ state, outcome }) => outcome !== null || state === 'coming' || state === 'invited')
	};
};
