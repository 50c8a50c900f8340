import { and, asc, desc, eq, sql } from 'drizzle-orm';
import {
	courseCompletions,
	courses,
	courseVersions,
	lessonCompletions,
	lessons,
	lessonVersions
} from '#db/schema/courses.ts';
import { events, externalTrainings } from '#db/schema/events.ts';
import { hourEntries } from '#db/schema/hours.ts';
import { units } from '#db/schema/units.ts';
import { listOwnResults } from '../assessments/queries.ts';
import type { SignedIn } from '../platform/context.ts';
import { yearOf } from '../platform/dates.ts';

/** The actor's own study: courses and lessons as they were completed, the ledger of training hours, confirmed annual results; the latest first. */
export async function readOwnRecord(ctx: SignedIn) {
	return {
		year: yearOf(ctx.now),
		courses: await listCourses(ctx),
		lessons: byCourse(await listLessons(ctx)),
		years: byYear(await listEntries(ctx)),
		results: await listOwnResults(ctx)
	};
}

/** Unit and version are those of the day on which the course was completed. */
function listCourses({ db, actor }: SignedIn) {
	return db
		.select({
			slug: courses.slug,
			title: courseVersions.title,
			version: courseVersions.number,
			kind: courseVersions.kind,
			hours: courseVersions.hours,
			unit: units.name,
			completedAt: courseCompletions.completedAt
		})
		.from(courseCompletions)
		.innerJoin(courses, eq(courses.id, courseCompletions.courseId))
		.innerJoin(courseVersions, eq(courseVersions.id, courseCompletions.courseVersionId))
		.leftJoin(units, eq(units.id, courseCompletions.unitId))
		.where(eq(courseCompletions.personId, actor.personId))
		.orderBy(desc(courseCompletions.completedAt));
}

type PassedLesson = Awaited<ReturnType<typeof listLessons>>[number];

function listLessons({ db, actor }: SignedIn) {
	return db
		.select({
			course: courses.slug,
			courseTitle: courseVersions.title,
			slug: lessons.slug,
			title: lessonVersions.title,
			position: lessons.position,
			version: lessonVersions.number,
			unit: units.name,
			completedAt: lessonCompletions.completedAt
		})
		.from(lessonCompletions)
		.innerJoin(lessons, eq(lessons.id, lessonCompletions.lessonId))
		.innerJoin(lessonVersions, eq(lessonVersions.id, lessonCompletions.lessonVersionId))
		.innerJoin(courses, eq(courses.id, lessons.courseId))
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.leftJoin(units, eq(units.id, lessonCompletions.unitId))
		.where(eq(lessonCompletions.personId, actor.personId))
		.orderBy(asc(courses.position), asc(lessons.position));
}

const byCourse = (passed: PassedLesson[]) =>
	[...Map.groupBy(passed, ({ course }) => course)].map(([course, lessons]) => ({
		course,
		title: lessons[0]!.courseTitle,
		lessons
	}));

type Entry = Awaited<ReturnType<typeof listEntries>>[number];

function listEntries({ db, actor }: SignedIn) {
	return db
		.select({
			id: hourEntries.id,
			year: hourEntries.year,
			category: hourEntries.category,
			hours: hourEntries.hours,
			source: hourEntries.source,
			isReversal: sql<boolean>`${hourEntries.reverses} is not null`,
			at: hourEntries.at,
			course: courses.slug,
			courseTitle: courseVersions.title,
			event: events.id,
			title: sql<string | null>`coalesce(${events.title}, ${externalTrainings.title})`
		})
		.from(hourEntries)
		.leftJoin(courses, and(eq(hourEntries.source, 'course'), eq(courses.id, hourEntries.sourceId)))
		.leftJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.leftJoin(events, and(eq(hourEntries.source, 'event'), eq(events.id, hourEntries.sourceId)))
		.leftJoin(
			externalTrainings,
			and(eq(hourEntries.source, 'external'), eq(externalTrainings.id, hourEntries.sourceId))
		)
		.where(eq(hourEntries.personId, actor.personId))
		.orderBy(desc(hourEntries.year), desc(hourEntries.at));
}

const byYear = (entries: Entry[]) =>
	[...Map.groupBy(entries, ({ year }) => year)].map(([year, entries]) => ({
		year,
		entries,
		// Hours come in halves: their sum has one decimal, whatever binary fractions make of it.
		hours: Math.round(entries.reduce((sum, { hours }) => sum + hours, 0) * 10) / 10
	}));
