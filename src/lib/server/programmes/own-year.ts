import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import { courseCompletions, courses, courseVersions } from '#db/schema/courses.ts';
import { hourEntries } from '#db/schema/hours.ts';
import type { SignedIn } from '../platform/context.ts';
import { startOfDay, yearOf } from '../platform/dates.ts';
import { pipelined } from '../platform/prepared.ts';

const completed = pipelined((db) =>
	db
		.select({
			id: courseCompletions.id,
			slug: courses.slug,
			title: courseVersions.title,
			hours: courseVersions.hours,
			completedAt: courseCompletions.completedAt
		})
		.from(courseCompletions)
		.innerJoin(courses, eq(courses.id, courseCompletions.courseId))
		.innerJoin(courseVersions, eq(courseVersions.id, courseCompletions.courseVersionId))
		.where(
			and(
				eq(courseCompletions.personId, sql.placeholder('personId')),
				gte(courseCompletions.completedAt, sql.placeholder('from')),
				lt(courseCompletions.completedAt, sql.placeholder('until'))
			)
		)
		.orderBy(desc(courseCompletions.completedAt))
		.prepare('own_completions_of_year')
);

const hours = pipelined((db) =>
	db
		.select({ sum: sql<number>`coalesce(sum(${hourEntries.hours}), 0)::float8` })
		.from(hourEntries)
		.where(and(eq(hourEntries.personId, sql.placeholder('personId')), eq(hourEntries.year, sql.placeholder('year'))))
		.prepare('own_hours_of_year')
);

/** What the actor has completed this calendar year, newest first, and the training hours in the ledger. */
export async function readOwnYear({ db, actor: { personId }, now }: SignedIn) {
	const year = yearOf(now);
	const from = startOfDay(`${year}-01-01`);
	const until = startOfDay(`${year + 1}-01-01`);
	const [[ledger], completions] = await Promise.all([
		hours(db).execute({ personId, year }),
		completed(db).execute({ personId, from, until })
	]);
	return { year, hours: ledger?.sum ?? 0, completions };
}
