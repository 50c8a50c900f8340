import { and, eq, ne } from 'drizzle-orm';
import type * as v from 'valibot';
import { sessions } from '#db/schema/sessions.ts';
import type * as schemas from '#lib/schemas/sessions.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { digest } from '../platform/ids.ts';

/** Signs one of the actor's own browsers out. @throws not-found session.not-found */
export function endSession(ctx: SignedIn, { key }: v.InferOutput<typeof schemas.endSession>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { personId } = ctx.actor;
		const ended = await ctx.db
			.delete(sessions)
			.where(and(eq(sessions.id, key), eq(sessions.personId, personId)))
			.returning({ id: sessions.id });
		if (ended.length === 0) throw notFound('session');
		await record(ctx, 'session.ended', personId);
	});
}

/** Signs the actor's other browsers out. @param here the session that asks @returns how many there were */
export function endOtherSessions(ctx: SignedIn, here: string): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const { personId } = ctx.actor;
		const ended = await ctx.db
			.delete(sessions)
			.where(and(eq(sessions.personId, personId), ne(sessions.id, digest(here))))
			.returning({ id: sessions.id });
		if (ended.length > 0) await record(ctx, 'sessions.ended', personId, { count: ended.length });
		return ended.length;
	});
}
