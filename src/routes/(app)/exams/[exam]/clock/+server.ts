import { json } from '@sveltejs/kit';
import { readClock } from '#lib/server/exams/sitting/read-clock.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import type { RequestHandler } from './$types';

/** The server's time, the deadline as it stands, and whether the page that asks may still write. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const { searchParams } = url;
	return json(await readClock(locals.ctx as SignedIn, searchParams.get('attempt') ?? '', searchParams.get('writer')));
};
