import { eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { courses, courseVersions } from '#db/schema/courses.ts';
import { assignments, assignmentTargets, obligations } from '#db/schema/programmes.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/programmes.ts';
import { demand, rootsOf } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { getUnit } from '../units/queries.ts';
import { affected } from './audience.ts';
import { tellUnits } from './tell-units.ts';

export type Assigned = { assignmentId: string; count: number };

/**
 * Assigns a course. Everybody it reaches who has neither completed it nor owes it already owes it from now on and is told
 * once; the others are left as they are.
 * @throws invalid assignment.due-past, conflict assignment.nobody | course.archived, not-found course | unit
 */
export function assign(ctx: SignedIn, input: v.InferOutput<typeof schemas.assign>): Promise<Assigned> {
	return atomically(ctx, async (ctx) => {
		demand(ctx, 'training:assign');
		if (input.dueOn < dateOf(ctx.now)) throw invalid('assignment.due-past', { field: 'dueOn' });
		const course = await getCourseToAssign(ctx, input.courseId);
		for (const unitId of input.unitIds) await getUnit(ctx, unitId, 'training:assign');

		const id = newId();
		const { courseId, dueOn, reason, personIds, unitIds, subtree } = input;
		await ctx.db
			.insert(assignments)
			.values({
				id,
				courseId,
				unitId: await assigningUnit(ctx),
				reason,
				dueOn,
				createdBy: ctx.actor.personId,
				createdAt: ctx.now
			});
		await ctx.db
			.insert(assignmentTargets)
			.values([
				...unitIds.map((unitId, place) => ({ assignmentId: id, position: `u${place}`, unitId, subtree })),
				...personIds.map((personId, place) => ({ assignmentId: id, position: `p${place}`, personId }))
			]);
		const { rows } = await ctx.db.execute<{ person_id: string; unit_id: string }>(sql`
			insert into ${obligations} (id, person_id, course_id, unit_id, assignment_id, due_on, created_at, started_at)
			select gen_random_uuid(), reached.person_id, ${courseId}, reached.unit_id, ${id}, ${dueOn}, ${ctx.now},
				(select min(r.at) from reading_positions r join lessons l on l.id = r.lesson_id where r.person_id = reached.person_id and l.course_id = ${courseId})
			from (${affected(ctx, courseId, { personIds, unitIds, subtree })}) reached
			where reached.effect = 'new'
			on conflict do nothing
			returning person_id, unit_id`);
		if (rows.length === 0) throw conflict('assignment.nobody');

		await tellUnits(
			ctx,
			rows.map(({ unit_id }) => ({ unitId: unit_id, dueOn }))
		);
		await notify(
			ctx,
			rows.map(({ person_id }) => person_id),
			{
				kind: 'assigned',
				occasion: id,
				href: `/courses/${course.slug}`,
				values: { title: course.title, dueOn }
			}
		);
		await record(ctx, 'assignment.made', id, { courseId, dueOn, unitIds, people: rows.length });
		return { assignmentId: id, count: rows.length };
	});
}

async function getCourseToAssign({ db }: Context, courseId: string) {
	const [course] = await db
		.select({ slug: courses.slug, archivedAt: courses.archivedAt, title: courseVersions.title })
		.from(courses)
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.where(eq(courses.id, courseId));
	if (!course) throw notFound('course');
	if (course.archivedAt) throw conflict('course.archived', { field: 'courseId' });
	return course;
}

/** The highest unit for which the actor may assign: there the assignment belongs. */
async function assigningUnit(ctx: Context): Promise<string> {
	const [unit] = await ctx.db
		.select({ id: units.id })
		.from(units)
		.where(sql`${units.path} = any(${sql.param(rootsOf(ctx.actor, 'training:assign'))}::ltree[])`)
		.orderBy(sql`nlevel(${units.path})`, units.position)
		.limit(1);
	if (!unit) throw notFound('unit');
	return unit.id;
}
