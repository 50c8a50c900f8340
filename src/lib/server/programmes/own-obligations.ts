import { and, asc, eq, sql } from 'drizzle-orm';
import { courses, courseVersions } from '#db/schema/courses.ts';
import { people } from '#db/schema/people.ts';
import { assignments, obligations, programmeAssignments, programmes } from '#db/schema/programmes.ts';
import { promotions } from '#db/schema/promotions.ts';
import { units } from '#db/schema/units.ts';
import type { SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { pipelined } from '../platform/prepared.ts';
import { mergeDuties } from './merge-duties.ts';
import { isLive } from './obligation-state.ts';
import { whatIsAsked } from './what-is-asked.ts';
import { workLeft } from './work-left.ts';

const open = pipelined((db) =>
	db
		.select({
			id: obligations.id,
			courseId: courses.id,
			asked: whatIsAsked(sql`${obligations}`),
			courseKind: courseVersions.kind,
			courseHours: courseVersions.hours,
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
