import { sql } from 'drizzle-orm';
import type { Localized } from '#db/schema/columns.ts';
import type { BulkField } from '#lib/schemas/bulk.ts';
import type { Ability } from '../access/abilities.ts';
import { rootsOf } from '../access/scope.ts';
import type { SignedIn } from '../platform/context.ts';
import { listUnitChoices, type UnitChoices } from '../units/find-units.ts';

type Named = { id: string; title: string | Localized };

export type BulkChoices = {
	courseId?: Named[];
	programmeId?: Named[];
	eventId?: Named[];
	unitId?: UnitChoices;
};

/** What can be chosen for the fields of an act: what stands in the library, in force or to come, within reach. */
export async function listBulkChoices(
	ctx: SignedIn,
	fields: readonly BulkField[],
	ability: Ability
): Promise<BulkChoices> {
	const { db, actor } = ctx;
	const choices: BulkChoices = {};
	if (fields.includes('courseId'))
		choices.courseId = (
			await db.execute<Named>(
				sql`select c.id, v.title from courses c join course_versions v on v.id = c.current_version_id where c.archived_at is null order by c.position, c.slug`
			)
		).rows;
	if (fields.includes('programmeId'))
		choices.programmeId = (
			await db.execute<Named>(sql`
				select p.id, p.title from programmes p join units u on u.id = p.unit_id
				where p.current_version_id is not null and p.archived_at is null
					and (u.path <@ any(${sql.param(rootsOf(actor, 'programme:view'))}::ltree[]) or u.path @> any(${sql.param(rootsOf(actor, 'programme:view'))}::ltree[]))
				order by p.title limit 300`)
		).rows;
	if (fields.includes('eventId'))
		choices.eventId = (
			await db.execute<Named>(sql`
				select e.id, to_char(e.starts_at, 'YYYY-MM-DD') || ' ' || e.title as title from events e join units u on u.id = e.unit_id
				where e.state in ('planned', 'open') and u.path <@ any(${sql.param(rootsOf(actor, 'event:edit'))}::ltree[])
				order by e.starts_at, e.id limit 300`)
		).rows;
	if (fields.includes('unitId')) choices.unitId = await listUnitChoices(ctx, ability);
	return choices;
}

const tables = {
	courseId: sql`select v.title from courses c join course_versions v on v.id = c.current_version_id where c.id`,
	programmeId: sql`select to_jsonb(title) as title from programmes where id`,
	eventId: sql`select to_jsonb(title) as title from events where id`,
	unitId: sql`select to_jsonb(name) as title from units where id`
};

/** What was filled in, with names in the place of ids. */
export async function describeValues(
	{ db }: SignedIn,
	values: Record<string, unknown>
): Promise<{ field: BulkField; said: string | number | Localized }[]> {
	const described = [];
	for (const [name, value] of Object.entries(values)) {
		if (value === null || value === '') continue;
		const table = tables[name as keyof typeof tables];
		const { rows } = table
			? await db.execute<{ title: string | Localized }>(sql`${table} = ${value}::uuid`)
			: { rows: [{ title: value as string }] };
		described.push({ field: name as BulkField, said: rows[0]?.title ?? '' });
	}
	return described;
}
