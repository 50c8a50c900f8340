import { json } from '@sveltejs/kit';
import { readClock } from '#lib/server/exams/sitting/read-clock.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import type { RequestHandler } from './$types';

/** The server's time, the deadline as it stands, and whether the page that asks may still write. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const { searchParams } = url;
	const [attemptId, writer] = [searchParams.get('attempt') ?? '', searchParams.get('writer')];
	return json(await readClock(locals.ctx as SignedIn, { attemptId, writer, address: locals.address }));
};
