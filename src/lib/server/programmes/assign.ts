import { and, eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { courses } from '#db/schema/courses.ts';
import { assignments, assignmentTargets, obligations } from '#db/schema/programmes.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/programmes.ts';
import { demand, rootsOf } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { getPerson } from '../people/queries.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { getUnit } from '../units/queries.ts';
import { affected } from './audience.ts';
import { begunAt } from './begun.ts';
import { remindOfNew } from './reminders/remind-of-new.ts';
import { tellUnits } from './tell-units.ts';

export type Assigned = { assignmentId: string; count: number };
type Input = v.InferOutput<typeof schemas.assign>;

/**
 * Assigns a course. Everybody it reaches who has neither completed it nor owes it already owes it from now on and is told
 * with the next digest; the others are left as they are. The same form sent twice is one assignment.
 * @throws invalid assignment.due-past, conflict assignment.nobody | assignment.taken | course.archived,
 *   not-found course | unit | person
 */
export function assign(ctx: SignedIn, input: Input): Promise<Assigned> {
	return atomically(ctx, async (ctx) => {
		demand(ctx, 'training:assign');
		const { id = newId(), courseId, dueOn, unitIds } = input;
		if (dueOn < dateOf(ctx.now)) throw invalid('assignment.due-past', { field: 'dueOn' });
		await demandAssignable(ctx, courseId);
		for (const unitId of unitIds) await getUnit(ctx, unitId, 'training:assign');
		for (const personId of input.personIds) await getPerson(ctx, personId, 'training:assign');

		if (!(await keep(ctx, id, input))) return { assignmentId: id, count: await countMade(ctx, id) };
		const made = await obligeAudience(ctx, id, input);
		if (made.length === 0) throw conflict('assignment.nobody');

		await tellUnits(
			ctx,
			made.map(({ unitId }) => ({ unitId, dueOn }))
		);
		await remindOfNew(ctx, sql`o.assignment_id = ${id}`);
		await record(ctx, 'assignment.made', id, { courseId, dueOn, unitIds, people: made.length });
		return { assignmentId: id, count: made.length };
	});
}

/** Writes the act down, with whom it names. @returns false where it was written before */
async function keep(
	ctx: SignedIn,
	id: string,
	{ courseId, dueOn, reason, personIds, unitIds, subtree }: Input
): Promise<boolean> {
	const values = {
		id,
		courseId,
		unitId: await assigningUnit(ctx),
		reason,
		dueOn,
		createdBy: ctx.actor.personId,
		createdAt: ctx.now
	};
	const [kept] = await ctx.db
		.insert(assignments)
		.values(values)
		.onConflictDoNothing()
		.returning({ id: assignments.id });
	if (!kept) return false;
	await ctx.db
		.insert(assignmentTargets)
		.values([
			...unitIds.map((unitId, place) => ({ assignmentId: id, position: `u${place}`, unitId, subtree })),
			...personIds.map((personId, place) => ({ assignmentId: id, position: `p${place}`, personId }))
		]);
	return true;
}

/** Sorted, so that everybody is judged before the first row is written: otherwise each judgement would wade through the rows before it. */
async function obligeAudience(ctx: Context, id: string, { courseId, dueOn, ...audience }: Input) {
	const begun = begunAt(sql`reached.person_id`, sql`${courseId}::uuid`);
	const { rows } = await ctx.db.execute<{ personId: string; unitId: string }>(sql`
		insert into ${obligations} (id, person_id, course_id, unit_id, assignment_id, due_on, created_at, started_at)
		select gen_random_uuid(), reached.person_id, ${courseId}, reached.unit_id, ${id}, ${dueOn}, ${ctx.now}, ${begun}
		from (${affected(ctx, courseId, audience)}) reached
		where reached.effect = 'new'
		order by reached.person_id
		on conflict do nothing
		returning person_id as "personId", unit_id as "unitId"`);
	return rows;
}

/** How many people an assignment of the actor's own reached when it was made. @throws conflict assignment.taken */
async function countMade({ db, actor }: SignedIn, id: string): Promise<number> {
	const own = await db.$count(assignments, and(eq(assignments.id, id), eq(assignments.createdBy, actor.personId)));
	if (own === 0) throw conflict('assignment.taken');
	return db.$count(obligations, eq(obligations.assignmentId, id));
}

async function demandAssignable({ db }: Context, courseId: string): Promise<void> {
	const [course] = await db.select({ archivedAt: courses.archivedAt }).from(courses).where(eq(courses.id, courseId));
	if (!course) throw notFound('course');
	if (course.archivedAt) throw conflict('course.archived', { field: 'courseId' });
}

/** The highest unit for which the actor may assign: there the assignment belongs. */
async function assigningUnit({ db, actor }: Context): Promise<string> {
	const [unit] = await db
		.select({ id: units.id })
		.from(units)
		.where(sql`${units.path} = any(${sql.param(rootsOf(actor, 'training:assign'))}::ltree[])`)
		.orderBy(sql`nlevel(${units.path})`, units.position)
		.limit(1);
	if (!unit) throw notFound('unit');
	return unit.id;
}
