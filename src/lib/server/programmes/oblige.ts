import { sql } from 'drizzle-orm';
import { courseCompletions } from '#db/schema/courses.ts';
import { obligations } from '#db/schema/programmes.ts';
import { promotionRequirements, promotions } from '#db/schema/promotions.ts';
import type { Context } from '../platform/context.ts';
import { idList } from '../platform/id-list.ts';
import { begunAt } from './begun.ts';
import { tellUnits } from './tell-units.ts';

export type PromotionDuty = { promotionId: string; personId: string; unitId: string; courseId: string; dueOn: string };

/**
 * Makes the duties that promotions bring. Who has completed a course owes nothing for it; who owes it already owes it once,
 * by the earlier date.
 */
export async function oblige(ctx: Context, duties: PromotionDuty[]): Promise<void> {
	if (duties.length === 0) return;
	const duty = sql`json_to_recordset(${JSON.stringify(duties)}::json) as duty ("promotionId" uuid, "personId" uuid, "unitId" uuid, "courseId" uuid, "dueOn" date)`;

	const { rows: sooner } = await ctx.db.execute<{ unitId: string; before: string; dueOn: string }>(sql`
		update ${obligations} o set due_on = duty."dueOn" from ${duty}, ${obligations} before
		where o.person_id = duty."personId" and o.course_id = duty."courseId" and o.completed_at is null and o.withdrawn_at is null
			and o.programme_assignment_id is null and o.due_on > duty."dueOn" and before.id = o.id
		returning o.unit_id as "unitId", before.due_on::text as before, o.due_on::text as "dueOn"`);
	await ctx.db.execute(sql`
		insert into ${obligations} (id, person_id, course_id, unit_id, promotion_id, due_on, created_at, started_at)
		select gen_random_uuid(), "personId", "courseId", "unitId", "promotionId", "dueOn", ${ctx.now}, ${begunAt(sql`duty."personId"`, sql`duty."courseId"`)} from ${duty}
		where not exists (select 1 from ${courseCompletions} c where c.person_id = "personId" and c.course_id = "courseId")
		on conflict do nothing`);
	await tellUnits(ctx, [...sooner, ...sooner.map(({ unitId, before }) => ({ unitId, dueOn: before })), ...duties]);
}

/** Where an assignment that was taken back had also served a promotion, the promotion asks for the course by itself. */
export async function obligeAnew(ctx: Context, courseId: string, personIds: string[]): Promise<void> {
	const { rows } = await ctx.db.execute<PromotionDuty>(sql`
		select p.id as "promotionId", p.person_id as "personId", person.unit_id as "unitId", r.course_id as "courseId", r.due_on::text as "dueOn"
		from ${promotions} p
		join ${promotionRequirements} r on r.promotion_id = p.id and r.course_id = ${courseId}
		join people person on person.id = p.person_id and person.status = 'active'
		where p.person_id in ${idList(personIds)}
			and r.exempt_at is null and p.completed_at is null and p.cancelled_at is null
		order by r.due_on`);
	await oblige(ctx, rows);
}

export type RequirementDuty = Omit<PromotionDuty, 'courseId'> & {
	requirementId: string;
	kind: string;
	opensOn: string;
};

/** The duties of promotions that are no courses: a class to attend, an exam to pass. What counts for them counts by the rule of all requirements. */
export async function obligeRequirements(ctx: Context, duties: RequirementDuty[]): Promise<void> {
	if (duties.length === 0) return;
	await ctx.db.execute(sql`
		insert into ${obligations} (id, person_id, kind, requirement_id, unit_id, promotion_id, opens_on, due_on, created_at)
		select gen_random_uuid(), "personId", kind::requirement_kind, "requirementId", "unitId", "promotionId", "opensOn", "dueOn", ${ctx.now}
		from json_to_recordset(${JSON.stringify(duties)}::json) as duty
			("promotionId" uuid, "personId" uuid, "unitId" uuid, "requirementId" uuid, kind text, "opensOn" date, "dueOn" date)
		on conflict do nothing`);
	await tellUnits(ctx, duties);
}
