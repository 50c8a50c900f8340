import type { RequestEvent } from '@sveltejs/kit';
import type { Session } from 'lucia';
import { rememberedSeconds, sessionCookies } from '../sessions/lucia.ts';

type Cookies = Pick<RequestEvent, 'cookies' | 'url'>;

/** Hands the session to the browser: until it closes, or for 30 days where it is to be remembered. */
export function setSessionCookie(
	{ cookies, url }: Cookies,
	{ id, remembered }: Pick<Session, 'id' | 'remembered'>
): void {
	cookies.set(remembered ? sessionCookies.remembered : sessionCookies.brief, id, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: url.protocol === 'https:',
		...(remembered ? { maxAge: rememberedSeconds } : {})
	});
}

/** Takes the session away from the browser. */
export function clearSessionCookie({ cookies }: Cookies): void {
	for (const name of Object.values(sessionCookies)) cookies.delete(name, { path: '/' });
}
