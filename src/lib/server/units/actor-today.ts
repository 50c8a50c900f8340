import { sql } from 'drizzle-orm';
import { grants, units } from '#db/schema/units.ts';
import { people } from '#db/schema/people.ts';
import type { Actor, Context, Grant } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';

/**
 * Somebody with the roles that they hold today, as a session of theirs would have them: what they decided and a job carries out
 * reaches no further than they do. Whoever has left holds none.
 */
export async function actorToday({ db, now }: Context, personId: string): Promise<Actor & { personId: string }> {
	const today = dateOf(now);
	const { rows } = await db.execute<{ unitPath: string | null; grants: Grant[] | null }>(sql`
		select home.path::text as "unitPath", (
			select json_agg(json_build_object('role', g.role, 'unitPath', u.path::text, 'lent', g.lent_by_grant_id is not null))
			from ${grants} g join ${units} u on u.id = g.unit_id
			where g.person_id = p.id and p.status = 'active' and g.revoked_at is null and g.starts_on <= ${today} and (g.ends_on is null or g.ends_on > ${today})
				and (g.lent_by_grant_id is null or exists (
					select 1 from ${grants} own join ${units} reach on reach.id = own.unit_id join ${people} lender on lender.id = own.person_id
					where own.id = g.lent_by_grant_id and own.revoked_at is null and lender.status = 'active' and u.path <@ reach.path))) as grants
		from ${people} p left join ${units} home on home.id = p.unit_id where p.id = ${personId}`);
	return { personId, unitPath: rows[0]?.unitPath ?? null, grants: rows[0]?.grants ?? [] };
}
