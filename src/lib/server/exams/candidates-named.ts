import { type SQL, sql } from 'drizzle-orm';
import { examTargets } from '#db/schema/exam-candidates.ts';
import { examPapers } from '#db/schema/exam-papers.ts';
import { exams, examWindows } from '#db/schema/exams.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';

/**
 * Everybody on active service whom an exam names and who is within the actor's reach, once each, as one SQL relation:
 * person, unit, rank, level, the paper for that rank or level (null where none is), and the window of the nearest unit above
 * that has one of its own.
 */
export const candidatesNamed = ({ actor }: Context, examId: string): SQL => sql`
	select ${people.id} as person_id, ${people.unitId} as unit_id, ${people.rank} as rank, ${people.leadershipLevel} as leadership_level,
		(select ${examPapers.id} from ${examPapers}
			where ${examPapers.examId} = ${exams.id}
				and ((cardinality(${examPapers.ranks}) = 0 and cardinality(${examPapers.levels}) = 0)
					or ${people.rank} = any (${examPapers.ranks}) or ${people.leadershipLevel} = any (${examPapers.levels}))
			order by (cardinality(${examPapers.ranks}) = 0 and cardinality(${examPapers.levels}) = 0), ${examPapers.position}
			limit 1) as paper_id,
		coalesce(own.opens_at, ${exams.opensAt}) as opens_at,
		coalesce(own.closes_at, ${exams.closesAt}) as closes_at
	from ${exams}
	join ${people} on ${people.status} = 'active'
	join ${units} on ${units.id} = ${people.unitId} and ${within(actor, 'exam:edit', units.path)}
	left join lateral (
		select ${examWindows.opensAt}, ${examWindows.closesAt}
		from ${examWindows} join units above on above.id = ${examWindows.unitId}
		where ${examWindows.examId} = ${exams.id} and above.path @> ${units.path}
		order by nlevel(above.path) desc limit 1) own on true
	where ${exams.id} = ${examId} and exists (
		select 1 from ${examTargets} left join units named on named.id = ${examTargets.unitId}
		where ${examTargets.examId} = ${exams.id} and (
			${examTargets.personId} = ${people.id}
			or ((named.id = ${units.id} or (${examTargets.subtree} and named.path @> ${units.path}))
				and (cardinality(${examTargets.ranks}) = 0 and cardinality(${examTargets.levels}) = 0
					or ${people.rank} = any (${examTargets.ranks}) or ${people.leadershipLevel} = any (${examTargets.levels})))))`;
