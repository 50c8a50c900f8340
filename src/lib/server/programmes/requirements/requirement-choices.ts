import { sql } from 'drizzle-orm';
import type { Localized } from '#db/schema/columns.ts';
import { rootsOf } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';

export type RequirementChoices = {
	courses: { id: string; title: Localized }[];
	/** Exams of units within reach and above, the latest first. */
	exams: { id: string; title: string }[];
};

/** What a requirement can name: the courses of the library, and exams that are prepared or published. */
export async function listRequirementChoices({ db, actor }: Context): Promise<RequirementChoices> {
	const roots = sql`${sql.param(rootsOf(actor, 'programme:edit'))}::ltree[]`;
	const { rows: courses } = await db.execute<RequirementChoices['courses'][number]>(sql`
		select c.id, v.title from courses c join course_versions v on v.id = c.current_version_id where c.archived_at is null order by c.position, c.slug`);
	const { rows: exams } = await db.execute<RequirementChoices['exams'][number]>(sql`
		select e.id, e.title from exams e join units u on u.id = e.unit_id
		where e.kind = 'exam' and e.state in ('draft', 'published') and (u.path <@ any(${roots}) or u.path @> any(${roots}))
		order by e.opens_at desc, e.id limit 200`);
	return { courses, exams };
}
