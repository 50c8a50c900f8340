import { asc, desc, eq } from 'drizzle-orm';
import {
	courseCompletions,
	courses,
	courseVersions,
	lessonCompletions,
	lessons,
	lessonVersions
} from '#db/schema/courses.ts';
import { units } from '#db/schema/units.ts';
import { listOwnResults } from '../assessments/queries.ts';
import { listJudgedYears } from '../hours/read-ledger.ts';
import type { SignedIn } from '../platform/context.ts';
import { yearOf } from '../platform/dates.ts';

/** The actor's own study: courses and lessons as they were completed, the ledger of training hours, confirmed annual results; the latest first. */
export async function readOwnRecord(ctx: SignedIn) {
	return {
		year: yearOf(ctx.now),
		courses: await listCourses(ctx),
		lessons: byCourse(await listLessons(ctx)),
		years: await listJudgedYears(ctx, ctx.actor.personId),
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
			round: courseCompletions.round,
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
			round: lessonCompletions.round,
			completedAt: lessonCompletions.completedAt
		})
		.from(lessonCompletions)
		.innerJoin(lessons, eq(lessons.id, lessonCompletions.lessonId))
		.innerJoin(lessonVersions, eq(lessonVersions.id, lessonCompletions.lessonVersionId))
		.innerJoin(courses, eq(courses.id, lessons.courseId))
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.leftJoin(units, eq(units.id, lessonCompletions.unitId))
		.where(eq(lessonCompletions.personId, actor.personId))
		.orderBy(asc(courses.position), desc(lessonCompletions.round), asc(lessons.position));
}

const byCourse = (passed: PassedLesson[]) =>
	[...Map.groupBy(passed, ({ course }) => course)].map(([course, lessons]) => ({
		course,
		title: lessons[0]!.courseTitle,
		lessons
	}));
