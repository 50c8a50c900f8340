import { demand } from '#lib/server/access/scope.ts';
import { countPresent, roomScreen } from '#lib/server/events/room-screen.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	demand(ctx, 'event:edit');
	return {
		eventId: params.event,
		...(await roomScreen(ctx, params.event)),
		...(await countPresent(ctx, params.event))
	};
};
