import { sql } from 'drizzle-orm';
import type { AudienceRule } from '#lib/schemas/audiences.ts';
import type { DueRule } from '#lib/schemas/programmes.ts';
import type { Context } from '../../platform/context.ts';
import { idList } from '../../platform/id-list.ts';
import type { RequirementKind } from './evidence.ts';
import { contentOf } from './evidence.ts';
import type { Terms } from './duty-dates.ts';

export type StandingRequirement = {
	id: string;
	kind: RequirementKind;
	courseId: string | null;
	due: DueRule | null;
	/** Requirements of all versions that ask for the same, this one among them. */
	alike: string[];
};

/** A standing assignment as it is in force: who, what, by when. */
export type Standing = {
	id: string;
	title: string;
	terms: Terms;
	due: DueRule;
	audienceVersionId: string;
	rule: AudienceRule;
	/** Beyond this unit it reaches nobody. */
	unitPath: string;
	requirements: StandingRequirement[];
};

/** Everything that one has to know to work out who owes what by these assignments; without those that were withdrawn. */
export async function readStanding({ db }: Context, assignmentIds: readonly string[] | 'all'): Promise<Standing[]> {
	const { rows } = await db.execute<Standing>(sql`
		select a.id, p.title, a.due, av.id as "audienceVersionId", av.rule, u.path::text as "unitPath",
			json_build_object('recurrence', v.recurrence, 'validMonths', v.valid_months, 'renewalMonths', v.renewal_months, 'joining', v.joining,
				'joiningDays', v.joining_days, 'startsOn', a.starts_on, 'endsOn', a.ends_on) as terms,
			(select coalesce(json_agg(json_build_object('id', r.id, 'kind', r.kind, 'courseId', r.course_id, 'due', r.due, 'alike', (
					select json_agg(other.id) from programme_requirements other join programme_versions ov on ov.id = other.version_id
					where ov.programme_id = p.id and ov.adopted_at is not null and ${contentOf(sql`other`)} = ${contentOf(sql`r`)})) order by r.position), '[]')
				from programme_requirements r where r.version_id = v.id) as requirements
		from programme_assignments a
		join programmes p on p.id = a.programme_id
		join programme_versions v on v.id = p.current_version_id
		join audiences au on au.id = a.audience_id
		join audience_versions av on av.id = au.current_version_id
		join units u on u.id = au.unit_id
		where a.withdrawn_at is null and ${assignmentIds === 'all' ? sql`true` : sql`a.id in ${idList(assignmentIds)}`}
		order by a.id`);
	return rows;
}
