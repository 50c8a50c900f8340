import { sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { grants, units } from '#db/schema/units.ts';
import { abilitiesOf, type Ability, carries } from '../access/abilities.ts';
import type { Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { idList } from '../platform/id-list.ts';
import type { Role } from '../platform/roles.ts';

const roles = Object.keys(abilitiesOf) as Role[];

/**
 * Who is asked when something comes up in a unit: whoever holds the ability nearest to it, at the unit itself or else in the
 * next one above where somebody does. @param except people whose own case it is: the next ones are asked
 */
export async function nearestHolders(
	{ db, now }: Context,
	ability: Ability,
	unitPath: string,
	except: readonly string[] = []
): Promise<string[]> {
	const today = dateOf(now);
	const carrying = roles.filter((role) => carries(role, ability));
	const { rows } = await db.execute<{ personId: string }>(sql`
		select distinct "personId" from (
			select g.person_id as "personId", rank() over (order by nlevel(u.path) desc) as distance
			from ${grants} g join ${units} u on u.id = g.unit_id join ${people} p on p.id = g.person_id
			where u.path @> ${unitPath}::ltree and g.role = any(${sql.param(carrying)}::role[]) and p.status = 'active'
				and g.starts_on <= ${today} and g.revoked_at is null and (g.ends_on is null or g.ends_on > ${today})
				and g.person_id not in ${idList(except)}) holder
		where distance = 1`);
	return rows.map(({ personId }) => personId);
}
