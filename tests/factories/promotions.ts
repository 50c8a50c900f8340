import { posts } from '#db/schema/people.ts';
import { promotionCourses, promotionRequirements, promotions } from '#db/schema/promotions.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { oblige } from '#lib/server/programmes/oblige.ts';
import type { Course } from './courses.ts';
import { aPerson, type Person } from './people.ts';
import type { Unit } from './units.ts';

export type Promotion = typeof promotions.$inferSelect;

/** The newly promoted leaders' programme: these courses, a year long. */
export async function aProgramme({ db }: Context, ...courses: Course[]): Promise<void> {
	await db.insert(promotionCourses).values(courses.map(({ id }) => ({ courseId: id })));
}

type Values = Partial<typeof promotions.$inferInsert> & { person?: Person; unit?: Unit; courses?: Course[] };

/** A case of somebody promoted to deputy head of a section, with the duties that it brings. The former post stays as it is. */
export async function aPromotion(
	ctx: Context,
	{ person, unit, courses = [], ...values }: Values = {}
): Promise<Promotion> {
	const holder = person ?? (await aPerson(ctx, { unit }));
	const unitId = holder.unitId!;
	const [id, postId] = [newId(), newId()];
	const startsOn = values.startsOn ?? '2026-03-01';
	await ctx.db.insert(posts).values({
		id: postId,
		personId: holder.id,
		unitId,
		title: '副科长',
		leadershipLevel: 'section-deputy',
		kind: 'promotion',
		primary: false, // beside the post that the factory of people made
		startsOn,
		createdAt: ctx.now
	});
	const [promotion] = await ctx.db
		.insert(promotions)
		.values({
			id,
			personId: holder.id,
			postId,
			unitId,
			toLevel: 'section-deputy',
			startsOn,
			dueOn: '2027-03-01',
			createdAt: ctx.now,
			...values
		})
		.returning();
	if (courses.length > 0) {
		await ctx.db
			.insert(promotionRequirements)
			.values(courses.map((course) => ({ promotionId: id, courseId: course.id, dueOn: promotion!.dueOn })));
		await oblige(
			ctx,
			courses.map((course) => ({
				promotionId: id,
				personId: holder.id,
				unitId,
				courseId: course.id,
				dueOn: promotion!.dueOn
			}))
		);
	}
	return promotion!;
}
