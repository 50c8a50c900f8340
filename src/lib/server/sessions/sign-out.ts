import type { Session } from 'lucia';
import { record } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import { briefly } from './lucia.ts';

/** Ends the session that this request came with. */
export async function signOut(ctx: Context, session: Pick<Session, 'id' | 'userId'>): Promise<void> {
	await briefly.invalidateSession(session.id); // both lifetimes share one table
	await record(ctx, 'session.ended', session.userId);
}
