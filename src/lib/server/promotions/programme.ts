import { type SQL, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { promotionCourses, promotionRules } from '#db/schema/promotions.ts';
import type * as schemas from '#lib/schemas/promotions.ts';
import { demandEverywhere } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { idList } from '../platform/id-list.ts';

/** How long a newly promoted leader has where nothing else was decided. */
const defaultMonths = 12;

export type Programme = { months: number; courseIds: string[] };

/** The newly promoted leaders' programme as it stands: its courses, and the months from the start in the post. */
export async function getProgramme({ db }: Context): Promise<Programme> {
	const [rule] = await db.select().from(promotionRules);
	const required = await db.select().from(promotionCourses);
	return { months: rule?.months ?? defaultMonths, courseIds: required.map(({ courseId }) => courseId) };
}

export type ProgrammeCourse = { id: string; title: { 'zh-CN': string; en: string } };

/** The programme in words: its months and its courses by title, in the order of the library. */
export async function describeProgramme(ctx: Context): Promise<{ months: number; courses: ProgrammeCourse[] }> {
	const { months, courseIds } = await getProgramme(ctx);
	return { months, courses: await titled(ctx, sql`c.id in ${idList(courseIds)}`) };
}

/** Courses that the programme can have: those of the library, and archived ones that it has already. */
export function listProgrammeChoices(ctx: Context): Promise<ProgrammeCourse[]> {
	return titled(ctx, sql`(c.archived_at is null or c.id in (select course_id from ${promotionCourses}))`);
}

async function titled({ db }: Context, which: SQL): Promise<ProgrammeCourse[]> {
	const { rows } = await db.execute<ProgrammeCourse>(
		sql`select c.id, v.title from courses c join course_versions v on v.id = c.current_version_id where ${which} order by c.position, c.slug`
	);
	return rows;
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
