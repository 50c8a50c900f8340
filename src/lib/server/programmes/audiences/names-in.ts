import { sql } from 'drizzle-orm';
import type { Localized } from '#db/schema/columns.ts';
import type { AudienceRule } from '#lib/schemas/audiences.ts';
import type { Context } from '../../platform/context.ts';
import { idList } from '../../platform/id-list.ts';
import { type Named, namedIn, reachable } from './demand-named.ts';

export type NamedUnit = { id: string; name: string; above: string | null };
export type NamedPerson = { id: string; name: string; staffNumber: string; unit: string | null; title: string };

/** What the ids in a rule are called. People and lists out of the reader's reach have no name here. */
export type Names = {
	units: Record<string, NamedUnit>;
	people: Record<string, NamedPerson>;
	courses: Record<string, Localized>;
	lists: Record<string, string>;
};

/** The names of all that rules name, as far as the reader may see them. */
export const namesIn = (ctx: Context, rules: readonly AudienceRule[]): Promise<Names> => namesOf(ctx, namedIn(rules));

/** The same for ids. Units and courses are no secret; people and lists out of reach stay without a name. */
export async function namesOf(ctx: Context, named: Named): Promise<Names> {
	const { personIds, listIds } = await reachable(ctx, 'programme:view', named);
	const { db } = ctx;
	const [units, people, courses, lists] = await Promise.all([
		db.execute<NamedUnit>(
			sql`select u.id, u.name, above.name as above from units u left join units above on above.id = u.parent_id where u.id in ${idList(named.unitIds)}`
		),
		db.execute<NamedPerson>(sql`
			select p.id, p.name, p.staff_number::text as "staffNumber", u.name as unit, p.title
			from people p left join units u on u.id = p.unit_id where p.id in ${idList(personIds)}`),
		db.execute<{ id: string; title: Localized }>(sql`
			select c.id, v.title from courses c join course_versions v on v.id = c.current_version_id where c.id in ${idList(named.courseIds)}`),
		db.execute<{ id: string; name: string }>(
			sql`select l.id, l.name from people_lists l where l.id in ${idList(listIds)}`
		)
	]);
	return {
		units: Object.fromEntries(units.rows.map((unit) => [unit.id, unit])),
		people: Object.fromEntries(people.rows.map((person) => [person.id, person])),
		courses: Object.fromEntries(courses.rows.map(({ id, title }) => [id, title])),
		lists: Object.fromEntries(lists.rows.map(({ id, name }) => [id, name]))
	};
}
