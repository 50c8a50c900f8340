import { sql } from 'drizzle-orm';
import { practiceRoundQuestions, practiceRounds } from '#db/schema/practice.ts';
import type { BeginRound } from '#lib/schemas/practice.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { newId, newSecret } from '../platform/ids.ts';
import { readAbout } from './about.ts';
import { drawRound } from './draw-round.ts';

/**
 * Draws a round for the actor and gives its id. Earlier rounds of which nothing was answered are dropped. Writes no line of
 * audit: what somebody practises is their own affair. @throws conflict practice.nothing-to-ask
 */
export function beginRound(ctx: SignedIn, { about }: BeginRound): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const { personId } = ctx.actor;
		const drawn = await drawRound(ctx, readAbout(about), newSecret());
		if (drawn.length === 0) throw conflict('practice.nothing-to-ask');

		await ctx.db.delete(practiceRounds).where(
			sql`${practiceRounds.personId} = ${personId} and not exists (
				select 1 from ${practiceRoundQuestions} asked
				where asked.round_id = ${practiceRounds.id} and asked.answered_at is not null)`
		);
		const roundId = newId();
		await ctx.db.insert(practiceRounds).values({ id: roundId, personId, about, openedAt: ctx.now });
		await ctx.db
			.insert(practiceRoundQuestions)
			.values(drawn.map((question, index) => ({ ...question, roundId, position: index + 1 })));
		return roundId;
	});
}
