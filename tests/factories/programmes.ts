import { assignments, assignmentTargets, obligations } from '#db/schema/programmes.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aCourse, type Course } from './courses.ts';
import { aPerson, type Person } from './people.ts';
import { theProvince, type Unit } from './units.ts';

export type Assignment = typeof assignments.$inferSelect;
export type Obligation = typeof obligations.$inferSelect;

type AssignmentValues = Partial<typeof assignments.$inferInsert> & { course?: Course; unit?: Unit; by?: Person };

/** An act of assigning, without anybody who owes it yet: of the province, due on the last day of the year. */
export async function anAssignment(
	ctx: Context,
	{ course, unit, by, ...values }: AssignmentValues = {}
): Promise<Assignment> {
	const owner = unit ?? (await theProvince(ctx));
	const [assignment] = await ctx.db
		.insert(assignments)
		.values({
			id: newId(),
			courseId: (course ?? (await aCourse(ctx, { lessons: 1, pool: () => [] }))).id,
			unitId: owner.id,
			reason: '年度法治培训计划第四项',
			dueOn: '2026-12-31',
			createdBy: (by ?? (await aPerson(ctx))).id,
			createdAt: ctx.now,
			...values
		})
		.returning();
	await ctx.db
		.insert(assignmentTargets)
		.values({ assignmentId: assignment!.id, position: 'u0', unitId: owner.id, subtree: true });
	return assignment!;
}

type ObligationValues = Partial<typeof obligations.$inferInsert> & {
	person?: Person;
	course?: Course;
	assignment?: Assignment;
};

/** Somebody owes a course through an assignment; both are made unless given. Announces nothing. */
export async function anObligation(
	ctx: Context,
	{ person, course, assignment, ...values }: ObligationValues = {}
): Promise<Obligation> {
	const holder = person ?? (await aPerson(ctx));
	const act = assignment ?? (await anAssignment(ctx, { course, dueOn: values.dueOn ?? '2026-12-31' }));
	const [obligation] = await ctx.db
		.insert(obligations)
		.values({
			id: newId(),
			personId: holder.id,
			courseId: act.courseId,
			unitId: holder.unitId,
			assignmentId: act.id,
			dueOn: act.dueOn,
			createdAt: ctx.now,
			...values
		})
		.returning();
	return obligation!;
}
