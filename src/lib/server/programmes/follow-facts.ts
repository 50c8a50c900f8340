import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { obligations } from '#db/schema/programmes.ts';
import type { Facts } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';
import { dateOf, yearOf } from '../platform/dates.ts';
import { tellUnits } from './tell-units.ts';

const open = and(isNull(obligations.completedAt), isNull(obligations.withdrawnAt));
const asksFor = (courseId: string) =>
	sql`(${obligations.courseId} = ${courseId} or ${obligations.requirementId} in (select e.requirement_id from requirement_electives e where e.course_id = ${courseId}))`;
const where = { unitId: obligations.unitId, dueOn: obligations.dueOn };

/**
 * A completed course closes what assignments and promotions asked for, with the completion as evidence, in the unit of that day;
 * whoever was exempt has done it all the same. What programmes ask for is settled by their own rule.
 */
export async function closeOnCompletion(
	ctx: Context,
	{ personId, courseId, completionId }: Facts['course.completed']
): Promise<void> {
	const closed = await ctx.db
		.update(obligations)
		.set({
			completedAt: ctx.now,
			completionId,
			exemptAt: null,
			exemptionId: null,
			startedAt: sql`coalesce(${obligations.startedAt}, ${ctx.now})`
		})
		.where(
			and(
				eq(obligations.personId, personId),
				eq(obligations.courseId, courseId),
				isNull(obligations.requirementId),
				open
			)
		)
		.returning(where);
	await tellUnits(ctx, closed);
}

/** The first lesson opened, or check begun, puts what is owed in progress, also where the course is one of several to choose from. */
export async function startOnReading(ctx: Context, { personId, courseId }: Facts['lesson.started']): Promise<void> {
	const started = await ctx.db
		.update(obligations)
		.set({ startedAt: ctx.now })
		.where(and(eq(obligations.personId, personId), asksFor(courseId), isNull(obligations.startedAt), open))
		.returning(where);
	await tellUnits(ctx, started);
}

/**
 * What is open moves with the person. What was completed stays where it was earned, and what expired or fell due in years past where
 * it was owed then: figures of the past are nobody's to take along.
 */
export async function moveWithPeople(ctx: Context, { people }: Facts['people.moved']): Promise<void> {
	const { rows } = await ctx.db.execute<{ fromUnitId: string; unitId: string; dueOn: string }>(sql`
		update ${obligations} o set unit_id = moved."toUnitId"
		from json_to_recordset(${JSON.stringify(people)}::json) as moved ("personId" uuid, "toUnitId" uuid), ${obligations} before
		where o.person_id = moved."personId" and before.id = o.id and o.completed_at is null and o.withdrawn_at is null
			and o.due_on >= make_date(${yearOf(ctx.now)}::int, 1, 1) and (o.expires_on is null or o.expires_on >= ${dateOf(ctx.now)}::date)
		returning before.unit_id as "fromUnitId", o.unit_id as "unitId", o.due_on::text as "dueOn"`);
	await tellUnits(
		ctx,
		rows.flatMap(({ fromUnitId, unitId, dueOn }) => [
			{ unitId, dueOn },
			{ unitId: fromUnitId, dueOn }
		])
	);
}

/** Who no longer serves owes nothing any more; the reason is stated. */
export async function withdrawOnLeaving(ctx: Context, { personIds }: Facts['people.left']): Promise<void> {
	const withdrawn = await ctx.db
		.update(obligations)
		.set({ withdrawnAt: ctx.now, withdrawnBecause: 'left' })
		.where(and(inArray(obligations.personId, personIds), open))
		.returning(where);
	await tellUnits(ctx, withdrawn);
}
