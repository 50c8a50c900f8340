import { m } from '#lib/paraglide/messages.js';

/** The page shown while the database is away: plain, self-contained, in the reader's language. */
export function unavailable(request: Request): Response {
	const headers = { 'retry-after': '5', 'cache-control': 'no-store' };
	if (!(request.headers.get('accept') ?? '').includes('text/html'))
		return new Response(m.error_database_unreachable(), { status: 503, headers });

	const title = m.error_database_unreachable();
	const body = `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head><body><main><h1>${title}</h1><p>${m.error_database_unreachable_hint()}</p></main></body></html>`;
	return new Response(body, { status: 503, headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } });
}
