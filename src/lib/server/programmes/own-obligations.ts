import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { courses, courseVersions } from '#db/schema/courses.ts';
import { people } from '#db/schema/people.ts';
import { assignments, obligations } from '#db/schema/programmes.ts';
import { promotions } from '#db/schema/promotions.ts';
import { units } from '#db/schema/units.ts';
import type { SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { pipelined } from '../platform/prepared.ts';
import { stateOf } from './obligation-state.ts';

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
	where l.course_id = ${obligations.courseId} and l.archived_at is null)`;

const open = pipelined((db) =>
	db
		.select({
			id: obligations.id,
			courseId: courses.id,
			slug: courses.slug,
			title: courseVersions.title,
			kind: courseVersions.kind,
			hours: courseVersions.hours,
			dueOn: obligations.dueOn,
			createdAt: obligations.createdAt,
			startedAt: obligations.startedAt,
			completedAt: obligations.completedAt,
			withdrawnAt: obligations.withdrawnAt,
			reason: assignments.reason,
			by: people.name,
			unit: units.name,
			promotedOn: promotions.startsOn,
			promotedTo: promotions.toLevel,
			work: workLeft
		})
		.from(obligations)
		.innerJoin(courses, eq(courses.id, obligations.courseId))
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.leftJoin(assignments, eq(assignments.id, obligations.assignmentId))
		.leftJoin(people, eq(people.id, assignments.createdBy))
		.leftJoin(units, eq(units.id, assignments.unitId))
		.leftJoin(promotions, eq(promotions.id, obligations.promotionId))
		.where(
			and(
				eq(obligations.personId, sql.placeholder('personId')),
				isNull(obligations.completedAt),
				isNull(obligations.withdrawnAt)
			)
		)
		.orderBy(asc(obligations.dueOn), asc(courses.position))
		.prepare('own_open_obligations')
);

/** What the actor still owes, by due date: with its reason, and how much work it is. */
export async function listOwnObligations({ db, actor, now }: SignedIn) {
	const today = dateOf(now);
	const rows = await open(db).execute({ personId: actor.personId });
	return rows.map((row) => ({ ...row, state: stateOf(row, today) }));
}

export type OwnObligation = Awaited<ReturnType<typeof listOwnObligations>>[number];
