import type { RequestEvent } from '@sveltejs/kit';
import type { Session } from 'lucia';
import { briefly, remembered } from '../sessions/lucia.ts';

type Cookies = Pick<RequestEvent, 'cookies' | 'url'>;

/** Hands the session to the browser: until it closes, or for 30 days where it is to be remembered. */
export function setSessionCookie({ cookies, url }: Cookies, session: Pick<Session, 'id'> & { remembered?: boolean }): void {
	const lasting = session.remembered ?? cookies.get(remembered.sessionCookieName) === session.id;
	const lucia = lasting ? remembered : briefly;

	cookies.set(lucia.sessionCookieName, session.id, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: url.protocol === 'https:',
		...(lasting ? { maxAge: 30 * 24 * 60 * 60 } : {})
	});
}

/** Takes the session away from the browser. */
export function clearSessionCookie({ cookies }: Cookies): void {
	for (const lucia of [briefly, remembered]) cookies.delete(lucia.sessionCookieName, { path: '/' });
}
