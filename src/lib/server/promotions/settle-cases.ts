import { sql } from 'drizzle-orm';
import { courseCompletions } from '#db/schema/courses.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { obligations } from '#db/schema/programmes.ts';
import { promotionRequirements, promotions } from '#db/schema/promotions.ts';
import type { Facts } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';
import { idList } from '../platform/id-list.ts';

/**
 * Brings the cases of people in line with what they have done: courses by their completion or what stands for it, all else by the duty that was settled
 * before. A case is completed with its last item, done or exempt, and open again where an outcome was taken back; its deadline is
 * the next one of what is open.
 */
export async function settleCases({ db, now }: Context, personIds: readonly string[]): Promise<void> {
	if (personIds.length === 0) return;
	const own = sql`p.person_id in ${idList([...personIds])} and p.cancelled_at is null`;
	await db.execute(sql`
		update ${promotionRequirements} r set completed_at = found.at
		from (
			select i.id, coalesce(
				(select min(c.completed_at) from ${courseCompletions} c where c.person_id = p.person_id and c.course_id = i.course_id),
				(select min(o.completed_at) from ${obligations} o
					where o.person_id = p.person_id and o.course_id = i.course_id and o.equivalent_id is not null and o.withdrawn_at is null),
				(select o.completed_at from ${obligations} o where o.promotion_id = p.id and o.requirement_id = i.requirement_id and o.withdrawn_at is null)) as at
			from ${promotionRequirements} i join ${promotions} p on p.id = i.promotion_id where ${own}) found
		where r.id = found.id and r.completed_at is distinct from found.at`);
	await db.execute(sql`
		update ${promotions} p set due_on = coalesce(standing.next, standing.last),
			completed_at = case when standing.open = 0 then coalesce(p.completed_at, ${now}::timestamptz) end
		from (
			select r.promotion_id, count(*) filter (where r.completed_at is null and r.exempt_at is null) as open,
				min(r.due_on) filter (where r.completed_at is null and r.exempt_at is null) as next, max(r.due_on) as last
			from ${promotionRequirements} r group by r.promotion_id) standing
		where standing.promotion_id = p.id and ${own}
			and (p.due_on, p.completed_at is null) is distinct from (coalesce(standing.next, standing.last), standing.open > 0)`);
}

/** When a course has been completed. */
export const settleOnCourse = (ctx: Context, { personId }: Facts['course.completed']): Promise<void> =>
	settleCases(ctx, [personId]);

/** When outcomes of an exam, attendance, hours or equivalents of people were settled. */
export const settleOnOutcome = (ctx: Context, { personIds }: { personIds: string[] }): Promise<void> =>
	settleCases(ctx, personIds);

/** When papers may be seen: what an exam has found counts from then on. */
export async function settleOnRelease(ctx: Context, { attemptIds }: Facts['attempts.released']): Promise<void> {
	const { rows } = await ctx.db.execute<{ personId: string }>(
		sql`select distinct person_id as "personId" from ${examAttempts} where id in ${idList(attemptIds)}`
	);
	await settleCases(
		ctx,
		rows.map(({ personId }) => personId)
	);
}
