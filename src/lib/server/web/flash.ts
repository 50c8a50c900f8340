import type { Cookies } from '@sveltejs/kit';
import * as v from 'valibot';

const name = 'flash';
const message = v.object({ text: v.string(), href: v.optional(v.string()), label: v.optional(v.string()) });

/** What the next page says about what has just been done: a finished sentence, and where to see or undo it. */
export type FlashMessage = v.InferOutput<typeof message>;

/** Leaves a message for the next page, before a redirect. */
export function setFlash(cookies: Cookies, flash: FlashMessage): void {
	cookies.set(name, JSON.stringify(flash), { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 60, secure: false });
}

/** Takes the message that the last action left, once. A cookie that does not read as one is dropped. */
export function takeFlash(cookies: Cookies): FlashMessage | null {
	const text = cookies.get(name);
	if (!text) return null;

	cookies.delete(name, { path: '/', secure: false });
	const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson(), message), text);
	return success ? output : null;
}
