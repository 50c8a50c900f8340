import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { courses, courseVersions } from '#db/schema/courses.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { idList } from '../platform/id-list.ts';

/** The courses that can be assigned, in the order of the library. */
export function listCoursesToAssign({ db }: Context) {
	return db
		.select({
			id: courses.id,
			title: courseVersions.title,
			summary: courseVersions.summary,
			kind: courseVersions.kind,
			hours: courseVersions.hours,
			lessons: sql<number>`(select count(*)::int from lessons l where l.course_id = ${courses.id} and l.archived_at is null)`
		})
		.from(courses)
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.where(isNull(courses.archivedAt))
		.orderBy(asc(courses.position), asc(courses.slug));
}

/** The people and units that a form names, as far as the actor may assign training to them. */
export async function describeAudience(
	{ db, actor }: Context,
	{ personIds, unitIds }: { personIds: string[]; unitIds: string[] }
) {
	const [named, chosen] = await Promise.all([
		db
			.select({
				id: people.id,
				name: people.name,
				staffNumber: people.staffNumber,
				unit: units.name,
				title: people.title
			})
			.from(people)
			.innerJoin(units, eq(units.id, people.unitId))
			.where(and(sql`${people.id} in ${idList(personIds)}`, within(actor, 'training:assign', units.path)))
			.orderBy(sql`${people.name} collate "zh-x-icu"`),
		db
			.select({
				id: units.id,
				name: units.name,
				above: sql<string | null>`(select a.name from units a where a.id = ${units}.parent_id)`
			})
			.from(units)
			.where(and(sql`${units.id} in ${idList(unitIds)}`, within(actor, 'training:assign', units.path)))
			.orderBy(asc(units.path))
	]);
	return { people: named, units: chosen };
}
