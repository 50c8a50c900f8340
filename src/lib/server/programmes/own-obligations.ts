import { and, asc, eq, sql } from 'drizzle-orm';
import { courses, courseVersions } from '#db/schema/courses.ts';
import { people } from '#db/schema/people.ts';
import { assignments, obligations, programmeAssignments, programmes } from '#db/schema/programmes.ts';
import { promotions } from '#db/schema/promotions.ts';
import { units } from '#db/schema/units.ts';
import { roundOf } from '../courses/rounds.ts';
import type { SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { pipelined } from '../platform/prepared.ts';
import { mergeDuties } from './merge-duties.ts';
import { isLive } from './obligation-state.ts';
import { whatIsAsked } from './what-is-asked.ts';

/** How much of a course a person has before them: lessons, Chinese characters, questions of their checks. */
export type Work = { lessons: number; left: number; length: number; questions: number };

const workLeft = sql<Work>`(
	select json_build_object(
		'lessons', count(*),
		'left', count(*) filter (where done.lesson_id is null),
		'length', coalesce(sum(v.length) filter (where done.lesson_id is null), 0),
		'questions', coalesce(sum(v.draw) filter (where done.lesson_id is null), 0))
	from lessons l join lesson_versions v on v.id = l.current_version_id
	left join lesson_completions done on done.lesson_id = l.id and done.person_id = ${obligations.personId}
		and done.round = ${roundOf(obligations.personId, obligations.courseId)}
	where l.course_id = ${obligations.courseId} and l.archived_at is null)`;

const open = pipelined((db) =>
	db
		.select({
			id: obligations.id,
			courseId: courses.id,
			asked: whatIsAsked(sql`${obligations}`),
			courseKind: courseVersions.kind,
			opensOn: obligations.opensOn,
			dueOn: obligations.dueOn,
			expiresOn: obligations.expiresOn,
			createdAt: obligations.createdAt,
			startedAt: obligations.startedAt,
			completedAt: obligations.completedAt,
			withdrawnAt: obligations.withdrawnAt,
			exemptAt: obligations.exemptAt,
			reason: sql<string | null>`coalesce(${assignments.reason}, ${programmeAssignments.reason})`,
			programme: programmes.title,
			by: people.name,
			unit: units.name,
			promotedOn: promotions.startsOn,
			promotedTo: promotions.toLevel,
			work: workLeft
		})
		.from(obligations)
		.leftJoin(courses, eq(courses.id, obligations.courseId))
		.leftJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.leftJoin(assignments, eq(assignments.id, obligations.assignmentId))
		.leftJoin(programmeAssignments, eq(programmeAssignments.id, obligations.programmeAssignmentId))
		.leftJoin(programmes, eq(programmes.id, programmeAssignments.programmeId))
		.leftJoin(people, sql`${people.id} = coalesce(${assignments.createdBy}, ${programmeAssignments.createdBy})`)
		.leftJoin(units, sql`${units.id} = coalesce(${assignments.unitId}, ${programmeAssignments.unitId})`)
		.leftJoin(promotions, eq(promotions.id, obligations.promotionId))
		.where(and(eq(obligations.personId, sql.placeholder('personId')), isLive(sql`${obligations}`)))
		.orderBy(asc(obligations.dueOn), asc(courses.position))
		.prepare('own_open_obligations')
);

/**
 * What the actor still owes or will owe, by due date: with its reasons, and how much work it is. What can no longer be done, and
 * what they are exempt from, is not in it.
 */
export async function listOwnObligations({ db, actor, now }: SignedIn) {
	const today = dateOf(now);
	const rows = await open(db).execute({ personId: actor.personId });
	return mergeDuties(rows, today).filter(({ state }) => state !== 'expired');
}

export type OwnObligation = Awaited<ReturnType<typeof listOwnObligations>>[number];
