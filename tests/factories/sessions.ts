import type { Context } from '#lib/server/platform/context.ts';
import { lucia } from '#lib/server/sessions/lucia.ts';
import { readSession } from '#lib/server/sessions/read-session.ts';

/** A session of a person with an account, as their cookie holds it. */
export async function aSession(
	ctx: Context,
	personId: string,
	{ remembered = false, userAgent = '', address = '192.0.2.1' } = {}
): Promise<string> {
	const lifetime = remembered ? 'remembered' : 'brief';
	const { id } = await lucia(ctx, lifetime).createSession(personId, {
		remembered,
		createdAt: ctx.now,
		userAgent,
		address
	});
	return id;
}

/** Whether a brief session is still a way in. */
export const isSignedIn = async (ctx: Context, session: string): Promise<boolean> =>
	(await readSession(ctx, { brief: session, remembered: undefined })) !== undefined;
