import { sql } from 'drizzle-orm';
import { assignments, obligations } from '#db/schema/programmes.ts';
import { promotionRequirements, promotions } from '#db/schema/promotions.ts';
import type { Context } from '../platform/context.ts';
import { obligeAnew } from './oblige.ts';
import { tellUnits } from './tell-units.ts';

type Released = { personId: string; courseId: string | null; unitId: string; before: string; dueOn: string };

/**
 * Takes back what a cancelled promotion asked for. Duties that it made are withdrawn; those of an assignment that it had
 * only brought forward get the assignment's date again. What another promotion of the person needs is made anew.
 */
export async function releaseDuties(ctx: Context, promotionId: string, because: string): Promise<void> {
	const { rows: withdrawn } = await ctx.db.execute<Released>(sql`
		update ${obligations} set withdrawn_at = ${ctx.now}, withdrawn_because = ${because}
		where promotion_id = ${promotionId} and completed_at is null and withdrawn_at is null
		returning person_id as "personId", course_id as "courseId", unit_id as "unitId", due_on::text as before, due_on::text as "dueOn"`);
	const { rows: later } = await ctx.db.execute<Released>(sql`
		update ${obligations} o set due_on = a.due_on
		from ${promotions} p, ${promotionRequirements} r, ${assignments} a
		where p.id = ${promotionId} and r.promotion_id = p.id and o.person_id = p.person_id and o.course_id = r.course_id
			and a.id = o.assignment_id and o.completed_at is null and o.withdrawn_at is null and o.due_on = r.due_on and a.due_on > r.due_on
		returning o.person_id as "personId", o.course_id as "courseId", o.unit_id as "unitId", r.due_on::text as before, o.due_on::text as "dueOn"`);

	const released = [...withdrawn, ...later];
	await tellUnits(
		ctx,
		released.flatMap(({ unitId, before, dueOn }) => [
			{ unitId, dueOn: before },
			{ unitId, dueOn }
		])
	);
	for (const { courseId, personId } of released) if (courseId) await obligeAnew(ctx, courseId, [personId]);
}
