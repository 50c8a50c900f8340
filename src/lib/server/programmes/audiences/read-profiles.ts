import { sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type { Context } from '../../platform/context.ts';
import { idList } from '../../platform/id-list.ts';
import type { Profile } from './holds.ts';

/** Everything that rules can ask of these people. The caller has looked them up within reach. */
export async function readProfiles({ db }: Context, personIds: readonly string[]): Promise<Profile[]> {
	const { rows } = await db.execute<Profile>(sql`
		select p.id as "personId", p.unit_id as "unitId", u.path::text as "unitPath", p.title, p.leadership_level as "leadershipLevel",
			p.rank, p.status, p.establishment, p.joined_on::text as "joinedOn",
			array(select above.id from ${units} above where above.path @> u.path) as "unitIds",
			coalesce((select json_agg(json_build_object('kind', post.kind, 'startsOn', post.starts_on) order by post.starts_on) from posts post where post.person_id = p.id), '[]') as posts,
			array(select c.course_id from course_completions c where c.person_id = p.id) as "courseIds",
			array(select m.list_id from people_list_members m where m.person_id = p.id) as "listIds"
		from ${people} p left join ${units} u on u.id = p.unit_id
		where p.id in ${idList(personIds)}`);
	return rows;
}
