import { json } from '@sveltejs/kit';
import { demand } from '#lib/server/access/scope.ts';
import { countPresent, roomScreen } from '#lib/server/events/room-screen.ts';
import type { RequestHandler } from './$types';

/** The code of this minute, for a screen that stays open. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
	demand(ctx, 'event:edit');
	return json({ ...(await roomScreen(ctx, params.event)), ...(await countPresent(ctx, params.event)) });
};
