import { sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { promotionCourses, promotionRules } from '#db/schema/promotions.ts';
import type * as schemas from '#lib/schemas/promotions.ts';
import { demandEverywhere } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';

/** How long a newly promoted leader has where nothing else was decided. */
const defaultMonths = 12;

export type Programme = { months: number; courseIds: string[] };

/** The newly promoted leaders' programme as it stands: its courses, and the months from the start in the post. */
export async function getProgramme({ db }: Context): Promise<Programme> {
	const [rule] = await db.select().from(promotionRules);
	const required = await db.select().from(promotionCourses);
	return { months: rule?.months ?? defaultMonths, courseIds: required.map(({ courseId }) => courseId) };
}

/** Changes the programme for promotions to come; cases that are open keep what they were opened with. */
export function setProgramme(
	ctx: Context,
	{ months, courseIds }: v.InferOutput<typeof schemas.setProgramme>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		demandEverywhere(ctx, 'settings:edit');
		await ctx.db
			.insert(promotionRules)
			.values({ months })
			.onConflictDoUpdate({ target: promotionRules.id, set: { months } });
		await ctx.db.delete(promotionCourses).where(sql`true`);
		if (courseIds.length > 0) await ctx.db.insert(promotionCourses).values(courseIds.map((courseId) => ({ courseId })));
		await record(ctx, 'promotion-programme.changed', null, { months, courseIds });
	});
}
