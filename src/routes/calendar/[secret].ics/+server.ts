import { DomainError } from '#lib/server/platform/errors.ts';
import { readCalendarFeed } from '#lib/server/programmes/own-calendar.ts';
import type { RequestHandler } from './$types';

/** Where somebody's calendar programme reads their own dates, without a session: the address itself is the secret. */
export const GET: RequestHandler = async ({ locals, params, request }) => {
	const headers = { 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' };
	try {
		const { text, tag } = await readCalendarFeed(locals.ctx, { secret: params.secret, address: locals.address });
		const known = (request.headers.get('if-none-match') ?? '').split(/\s*,\s*/).map((one) => one.replace(/^W\//, ''));
		if (known.includes(tag)) return new Response(null, { status: 304, headers: { ...headers, etag: tag } });
		return new Response(text, {
			headers: { ...headers, etag: tag, 'content-type': 'text/calendar; charset=utf-8; method=PUBLISH' }
		});
	} catch (error) {
		if (!(error instanceof DomainError) || error.failure !== 'too-many') throw error;
		const seconds = String(error.values?.seconds ?? 3600);
		return new Response(null, { status: 429, headers: { ...headers, 'retry-after': seconds } });
	}
};
