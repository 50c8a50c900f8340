import { assessmentResults } from '#db/schema/assessments.ts';
import { defaultScheme, propose } from '#lib/server/assessments/propose-rule.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aPerson, type Person } from './people.ts';

/** A proposed result of a person: three of four courses completed, nine of ten answers right. Confirmed by somebody else if asked. */
export async function aResult(
	ctx: Context,
	{ person, year, confirmed = false }: { person: Person; year: number; confirmed?: boolean }
): Promise<typeof assessmentResults.$inferSelect> {
	const facts = {
		requiredCourses: 4,
		completedCourses: 3,
		completedOnTime: 2,
		checksAnswered: 30,
		checksCorrect: 27,
		hours: 24
	};
	const proposal = propose(facts, defaultScheme);
	if (!proposal || !person.unitId) throw new Error('a result needs somebody with a unit');

	const confirmation = confirmed
		? { confirmedBand: proposal.band, confirmedAt: ctx.now, confirmedBy: (await aPerson(ctx)).id }
		: {};
	const [result] = await ctx.db
		.insert(assessmentResults)
		.values({
			id: newId(),
			personId: person.id,
			year,
			unitId: person.unitId,
			proposedBand: proposal.band,
			score: proposal.score,
			components: proposal.components,
			scheme: { ...defaultScheme },
			proposedAt: ctx.now,
			...confirmation
		})
		.onConflictDoUpdate({ target: [assessmentResults.personId, assessmentResults.year], set: { proposedAt: ctx.now } })
		.returning();
	if (!result) throw new Error('no result was inserted');
	return result;
}
