import { eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { assessmentSchemes } from '#db/schema/assessments.ts';
import type * as schemas from '#lib/schemas/assessments.ts';
import { demandEverywhere } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { defaultScheme, type Scheme } from './propose-rule.ts';

/** The thresholds that hold for a year. */
export async function getScheme({ db }: Context, year: number): Promise<Scheme> {
	const [scheme] = await db.select().from(assessmentSchemes).where(eq(assessmentSchemes.year, year));
	if (!scheme) return defaultScheme;
	const { qualifiedFrom, excellentFrom, coursesWeight, minimumHours } = scheme;
	return { qualifiedFrom, excellentFrom, coursesWeight, minimumHours };
}

/** Changes the thresholds of a year. Confirmed results keep those under which they were proposed. */
export function setScheme(
	ctx: Context,
	{ year, ...thresholds }: v.InferOutput<typeof schemas.setScheme>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		demandEverywhere(ctx, 'settings:edit');
		const changed = { ...thresholds, updatedBy: ctx.actor.personId, updatedAt: ctx.now };
		await ctx.db
			.insert(assessmentSchemes)
			.values({ year, ...changed })
			.onConflictDoUpdate({
				target: assessmentSchemes.year,
				set: { ...changed, version: sql`${assessmentSchemes.version} + 1` }
			});
		await record(ctx, 'assessment-scheme.changed', null, { year, ...thresholds });
	});
}
