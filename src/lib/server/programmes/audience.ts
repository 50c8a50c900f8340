import { type SQL, sql } from 'drizzle-orm';
import { courseCompletions } from '#db/schema/courses.ts';
import { people } from '#db/schema/people.ts';
import { obligations } from '#db/schema/programmes.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { idList } from '../platform/id-list.ts';
import { iso } from '../platform/iso.ts';
import { type Asked, type Page, readPage, turned } from '../platform/keyset.ts';

export type Audience = { personIds: string[]; unitIds: string[]; subtree: boolean };

/** What assigning a course would mean for a person: a new duty, or one of the reasons why there is none. */
export type Effect = 'new' | 'completed' | 'obliged';

/** Owed already by an assignment or a promotion, exempt or not; what programmes ask for stands on its own. */
const isDirect = sql`o.completed_at is null and o.withdrawn_at is null and o.programme_assignment_id is null`;

/**
 * Everybody on active service whom the audience names and whom the actor may assign training to, as one SQL relation
 * (person_id, unit_id, effect): completed already, obliged already, or new.
 */
export function affected({ actor }: Context, courseId: string, { personIds, unitIds, subtree }: Audience): SQL {
	const named = subtree
		? sql`${units.path} <@ any (array(select path from units where id in ${idList(unitIds)}))`
		: sql`${units.id} in ${idList(unitIds)}`;

	return sql`
		select ${people.id} as person_id, ${people.unitId} as unit_id,
			case
				when exists (select 1 from ${courseCompletions} c where c.person_id = ${people.id} and c.course_id = ${courseId}) then 'completed'
				when exists (select 1 from ${obligations} o where o.person_id = ${people.id} and o.course_id = ${courseId} and ${isDirect}) then 'obliged'
				else 'new'
			end as effect
		from ${people} join ${units} on ${units.id} = ${people.unitId}
		where ${people.status} = 'active' and ${within(actor, 'training:assign', units.path)}
			and (${people.id} in ${idList(personIds)} or ${named})`;
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
	/** When they completed it (ISO), or by when they owe it already. */
	completedAt: string | null;
	dueOn: string | null;
};

const size = 50;

/** The people behind the numbers, by name, a page at a time. */
export function listPreview(
	ctx: Context,
	courseId: string,
	audience: Audience,
	{ effect, ...asked }: Asked & { effect?: Effect } = {}
): Promise<Page<PreviewPerson>> {
	return readPage<PreviewPerson>(asked, {
		size,
		keyOf: ({ name, personId }) => [name, personId],
		read: async (turn) => {
			const { where, rest } = turned({ key: sql`p.name collate "zh-x-icu"`, id: sql`p.id`, type: 'text' }, turn);
			const { rows } = await ctx.db.execute<PreviewPerson>(sql`
				select p.id as "personId", p.name, p.staff_number::text as "staffNumber", u.name as unit, p.title, reached.effect,
					(select ${iso(sql`max(c.completed_at)`)} from ${courseCompletions} c where c.person_id = p.id and c.course_id = ${courseId}) as "completedAt",
					(select o.due_on::text from ${obligations} o where o.person_id = p.id and o.course_id = ${courseId} and ${isDirect}) as "dueOn"
				from (${affected(ctx, courseId, audience)}) reached
				join people p on p.id = reached.person_id join units u on u.id = reached.unit_id
				where ${effect ? sql`reached.effect = ${effect}` : sql`true`} and ${where} ${rest}`);
			return rows;
		}
	});
}
