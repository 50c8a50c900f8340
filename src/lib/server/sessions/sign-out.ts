import type { Session } from 'lucia';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { lucia } from './lucia.ts';

/** Ends the session that this request came with. */
export async function signOut(ctx: Context, session: Pick<Session, 'id' | 'userId'>): Promise<void> {
	await atomically(ctx, async (ctx) => {
		await lucia(ctx, 'brief').invalidateSession(session.id); // both lifetimes share one table
		await record(ctx, 'session.ended', session.userId);
	});
}
