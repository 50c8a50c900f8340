import { type SQL, sql } from 'drizzle-orm';
import { courseCompletions } from '#db/schema/courses.ts';
import { people } from '#db/schema/people.ts';
import { obligations } from '#db/schema/programmes.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';

export type Audience = { personIds: string[]; unitIds: string[]; subtree: boolean };

/** What assigning a course would mean for a person: a new duty, or one of the reasons why there is none. */
export type Effect = 'new' | 'completed' | 'obliged';

const idsOf = (list: string[]) =>
	sql`(select value::uuid from json_array_elements_text(${JSON.stringify(list)}::json))`;

/**
 * Everybody on active service whom the audience names and whom the actor may assign training to, as one SQL relation
 * (person_id, unit_id, effect): completed already, obliged already, or new.
 */
export function affected({ actor }: Context, courseId: string, { personIds, unitIds, subtree }: Audience): SQL {
	const named = subtree
		? sql`${units.path} <@ any (array(select path from units where id in ${idsOf(unitIds)}))`
		: sql`${units.id} in ${idsOf(unitIds)}`;

	return sql`
		select ${people.id} as person_id, ${people.unitId} as unit_id,
			case
				when exists (select 1 from ${courseCompletions} c where c.person_id = ${people.id} and c.course_id = ${courseId}) then 'completed'
				when exists (select 1 from ${obligations} o where o.person_id = ${people.id} and o.course_id = ${courseId}
					and o.completed_at is null and o.withdrawn_at is null) then 'obliged'
				else 'new'
			end as effect
		from ${people} join ${units} on ${units.id} = ${people.unitId}
		where ${people.status} = 'active' and ${within(actor, 'training:assign', units.path)}
			and (${people.id} in ${idsOf(personIds)} or ${named})`;
}

export type Preview = Record<Effect, number>;

/** How many people an assignment would reach, and how many of them have nothing to do any more. */
export async function previewAssignment(ctx: Context, courseId: string, audience: Audience): Promise<Preview> {
	const { rows } = await ctx.db.execute<{ effect: Effect; count: string }>(
		sql`select effect, count(*) from (${affected(ctx, courseId, audience)}) reached group by effect`
	);
	return {
		new: 0,
		completed: 0,
		obliged: 0,
		...Object.fromEntries(rows.map(({ effect, count }) => [effect, Number(count)]))
	};
}

export type PreviewPerson = {
	personId: string;
	name: string;
	staffNumber: string;
	unit: string;
	title: string;
	effect: Effect;
};

/** The people behind the numbers, by name, a page at a time. @param after name and id of the last one shown */
export async function listPreview(
	ctx: Context,
	courseId: string,
	audience: Audience,
	{ effect, after, limit = 50 }: { effect?: Effect; after?: { name: string; id: string }; limit?: number } = {}
): Promise<PreviewPerson[]> {
	const { rows } = await ctx.db.execute<PreviewPerson>(sql`
		select p.id as "personId", p.name, p.staff_number::text as "staffNumber", u.name as unit, p.title, reached.effect
		from (${affected(ctx, courseId, audience)}) reached
		join people p on p.id = reached.person_id join units u on u.id = reached.unit_id
		where ${effect ? sql`reached.effect = ${effect}` : sql`true`}
			and ${after ? sql`(p.name collate "zh-x-icu", p.id) > (${after.name} collate "zh-x-icu", ${after.id}::uuid)` : sql`true`}
		order by p.name collate "zh-x-icu", p.id limit ${limit}`);
	return rows;
}
