import { randomUUID } from 'node:crypto';
import { type Handle, type HandleServerError, redirect, type ServerInit } from '@sveltejs/kit';
import { abilities } from '#lib/server/access/abilities.ts';
import { canSomewhere } from '#lib/server/access/scope.ts';
import { instantOf } from '#lib/server/platform/clock.ts';
import type { Actor } from '#lib/server/platform/context.ts';
import { database } from '#lib/server/platform/database.ts';
import { env } from '#lib/server/platform/env.ts';
import { log } from '#lib/server/platform/log.ts';
import { work } from '#lib/server/jobs/work.ts';
import { readSession } from '#lib/server/sessions/read-session.ts';
import { sessionCookies } from '#lib/server/sessions/lucia.ts';
import { refusalOf } from '#lib/server/web/refusal.ts';
import { isForeign } from '#lib/server/web/origin.ts';
import { setSessionCookie } from '#lib/server/web/session-cookie.ts';
import { boundPreloads } from '#lib/server/web/preload-header.ts';
import { secure } from '#lib/server/web/security-headers.ts';
import { unavailable } from '#lib/server/web/unavailable.ts';
import { speakingTo } from '#lib/server/web/language.ts';

/** The queue is worked through by every process that serves. */
export const init: ServerInit = async () => {
	if (env.DATABASE_URL) await work(env.DATABASE_URL);
};

/** Nobody: may read what needs no sign-in, and do nothing. */
const nobody: Actor = { personId: null, unitPath: null, grants: [] };

/** Every request has an id, a line in the log, the headers that protect it, and the status that the domain asked for. */
const observe: Handle = async ({ event, resolve }) => {
	const started = performance.now();
	event.locals.requestId = randomUUID();
	event.locals.address = event.getClientAddress();

	let response = await resolve(event);
	if (event.locals.refusedWith)
		response = new Response(response.body, { status: event.locals.refusedWith, headers: response.headers });
	secure(response.headers, event.locals.requestId);
	boundPreloads(response.headers);
	log.info(
		{
			requestId: event.locals.requestId,
			method: event.request.method,
			route: event.route.id,
			status: response.status,
			ms: Math.round(performance.now() - started)
		},
		'request'
	);
	return response;
};

/** Forms and endpoints take nothing that another site sent. Kit looks at forms only. */
const guardOrigin: Handle = ({ event, resolve }) =>
	isForeign(event.request, event.url) ? new Response('Cross-site request refused', { status: 403 }) : resolve(event);

/** Session → actor → ctx. A database that is away gives a plain page, whatever was asked. */
const identify: Handle = async ({ event, resolve }) => {
	const now = instantOf(event.request.headers);
	event.locals.ctx = { db: database(), actor: nobody, now };
	event.locals.viewer = event.locals.session = null;

	try {
		const cookies = {
			brief: event.cookies.get(sessionCookies.brief),
			remembered: event.cookies.get(sessionCookies.remembered)
		};
		const mayShowPage = event.request.method !== 'PUT'; // what scripts keep, such as answers
		const holder = await readSession(event.locals.ctx, cookies, mayShowPage);
		if (holder) {
			const { actor, session, name, unitName, counts } = holder;
			event.locals.ctx = { db: database(), actor, now };
			event.locals.session = session;
			event.locals.viewer = {
				personId: actor.personId,
				name,
				unitName,
				...counts,
				abilities: abilities.filter((ability) => canSomewhere(actor, ability))
			};
			if (session.fresh) setSessionCookie(event, session);
		}
	} catch (error) {
		const refusal = refusalOf(error);
		if (refusal?.status !== 503) throw error;
		return unavailable(event.request);
	}
	return resolve(event);
};

/** Everything below (app) is for people who are signed in. */
const demandSignIn: Handle = ({ event, resolve }) => {
	if (!event.route.id?.startsWith('/(app)') || event.locals.viewer) return resolve(event);

	const speaksHtml = (event.request.headers.get('accept') ?? '').includes('text/html');
	if (!event.isDataRequest && !event.request.headers.has('x-sveltekit-action') && !speaksHtml)
		return new Response('Sign in first', { status: 401 });
	const next = event.request.method === 'GET' ? event.url.pathname + event.url.search : event.url.pathname;
	redirect(303, `/sign-in?next=${encodeURIComponent(next)}`);
};

/** The placeholders stand in the first tags of src/app.html: a page of many kilobytes need not be copied for them. */
const firstTags = 200;

/** Language and theme of the page. */
const dress: Handle = ({ event, resolve }) =>
	speakingTo(event, (locale) => {
		const theme = event.cookies.get('theme');
		event.locals.theme = theme === 'light' || theme === 'dark' ? theme : null;
		return resolve(event, {
			transformPageChunk: ({ html }) => {
				const start = html
					.slice(0, firstTags)
					.replace('%lang%', locale)
					.replace('%theme%', event.locals.theme ?? '');
				return start + html.slice(firstTags);
			},
			filterSerializedResponseHeaders: (name) => name === 'content-type',
			// The style sheet stands in the first lines of the page: no need to announce it in the headers as well.
			preload: ({ type }) => type === 'js'
		});
	});

/** One within the other. Kit's `sequence` would besides trace each step and merge their options, at the price of another query. */
const handlers = [observe, guardOrigin, dress, identify, demandSignIn];
export const handle = handlers.reduceRight(
	(inner, outer): Handle =>
		({ event, resolve }) =>
			outer({
				event,
				resolve: (event, options) => inner({ event, resolve: (event, own) => resolve(event, own ?? options) })
			})
);

/** The only place where an error becomes a response. */
export const handleError: HandleServerError = ({ error, event, status, message }) => {
	const refusal = refusalOf(error);
	const { requestId } = event.locals;

	if (refusal) {
		event.locals.refusedWith = refusal.status;
		return { ...refusal, requestId };
	}
	if (status >= 500)
		log.error(
			{ requestId, route: event.route.id, error: error instanceof Error ? error.stack : String(error) },
			'unexpected error'
		);
	return { message, status, requestId };
};
