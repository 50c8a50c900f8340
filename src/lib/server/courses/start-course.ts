import { sql } from 'drizzle-orm';
import { announce } from '../platform/announce.ts';
import type { SignedIn } from '../platform/context.ts';
import { begunSince } from './rounds.ts';

/** Tells of the actor's first step in a round of a course. To be called before that step is written: later ones are not told. */
export async function startCourse(ctx: SignedIn, courseId: string): Promise<void> {
	const { personId } = ctx.actor;
	const { rows } = await ctx.db.execute<{ begun: boolean }>(
		sql`select ${begunSince(personId, sql`${courseId}::uuid`)} as begun`
	);
	if (!rows[0]?.begun) await announce(ctx, 'lesson.started', { personId, courseId });
}
