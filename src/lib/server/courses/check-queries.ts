import { and, asc, desc, eq, gt, isNull, notInArray, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import {
	courseCompletions,
	courses,
	courseVersions,
	lessons,
	lessonVersions,
	masteryCheckQuestions,
	masteryChecks
} from '#db/schema/courses.ts';
import { questionArticles, questions, questionVersions } from '#db/schema/questions.ts';
import { articles, statutes } from '#db/schema/statutes.ts';
import type { Context, SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { manualKinds } from '../questions/content/parse-questions.ts';
import type { Answer } from '../questions/score-answer.ts';
import type { AskedQuestion, StoredCase } from '../questions/stored-question.ts';
import { roundOf } from './rounds.ts';
import type { PoolQuestion } from './draw-questions.ts';
import type { PinnedQuestion } from '../questions/show-question.ts';

/** A lesson as its address names it. */
export interface LessonAddress {
	course: string;
	lesson: string;
}

export type CheckedLesson = Awaited<ReturnType<typeof getCheckedLesson>>;

/** The lesson that a check is about, archived or not: what was passed can always be looked at. @throws not-found lesson.not-found */
export async function getCheckedLesson({ db }: Context, { course, lesson }: LessonAddress) {
	const [found] = await db
		.select({
			id: lessons.id,
			slug: lessons.slug,
			position: lessons.position,
			versionId: lessonVersions.id,
			title: lessonVersions.title,
			draw: lessonVersions.draw,
			pass: lessonVersions.pass,
			courseId: courses.id,
			courseSlug: courses.slug,
			courseTitle: courseVersions.title,
			lessonArchivedAt: lessons.archivedAt,
			courseArchivedAt: courses.archivedAt
		})
		.from(lessons)
		.innerJoin(courses, eq(courses.id, lessons.courseId))
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.innerJoin(lessonVersions, eq(lessonVersions.id, lessons.currentVersionId))
		.where(and(eq(courses.slug, course), eq(lessons.slug, lesson)));
	if (!found) throw notFound('lesson');

	const { lessonArchivedAt, courseArchivedAt, ...rest } = found;
	return { ...rest, archived: lessonArchivedAt !== null || courseArchivedAt !== null };
}

export type Try = typeof masteryChecks.$inferSelect;

/** The actor's own tries at a lesson, of all rounds, the latest first. */
export function listOwnTries({ db, actor }: SignedIn, lessonId: string): Promise<Try[]> {
	return db
		.select()
		.from(masteryChecks)
		.where(and(eq(masteryChecks.personId, actor.personId), eq(masteryChecks.lessonId, lessonId)))
		.orderBy(desc(masteryChecks.number));
}

/** In which round the actor studies a course. */
export async function readRound({ db, actor }: SignedIn, courseId: string): Promise<number> {
	const { rows } = await db.execute<{ round: number }>(sql`select ${roundOf(actor.personId, courseId)}::int as round`);
	return rows[0]?.round ?? 1;
}

const cases = alias(questionVersions, 'case_versions');

/** The questions of a try as they were drawn, in order, with what was answered and how it was marked. */
export async function listPinnedQuestions(
	{ db }: Context,
	checkId: string
): Promise<(PinnedQuestion & { correct: boolean | null })[]> {
	const rows = await db
		.select({
			position: masteryCheckQuestions.position,
			content: questionVersions.content,
			situation: cases.content,
			parameters: masteryCheckQuestions.parameters,
			optionOrder: masteryCheckQuestions.optionOrder,
			response: masteryCheckQuestions.response,
			answeredAt: masteryCheckQuestions.answeredAt,
			correct: masteryCheckQuestions.correct
		})
		.from(masteryCheckQuestions)
		.innerJoin(questionVersions, eq(questionVersions.id, masteryCheckQuestions.questionVersionId))
		.leftJoin(cases, eq(cases.id, masteryCheckQuestions.caseVersionId))
		.where(eq(masteryCheckQuestions.checkId, checkId))
		.orderBy(asc(masteryCheckQuestions.position));
	return rows.map((row) => ({
		...row,
		content: row.content as AskedQuestion,
		situation: row.situation as StoredCase | null,
		response: row.response as Answer | null
	}));
}

/** The questions that a check of this lesson can draw from, as they are worded today: none that a person must mark. */
export async function listPool({ db }: Context, lessonId: string): Promise<PoolQuestion[]> {
	const parents = alias(questions, 'cases');
	const rows = await db
		.select({
			id: questions.id,
			versionId: questionVersions.id,
			caseId: questions.caseId,
			caseVersionId: parents.currentVersionId,
			position: questions.position,
			usableFrom: questions.usableFrom,
			usableUntil: questions.usableUntil,
			content: questionVersions.content
		})
		.from(questions)
		.innerJoin(questionVersions, eq(questionVersions.id, questions.currentVersionId))
		.leftJoin(parents, eq(parents.id, questions.caseId))
		.where(
			and(
				eq(questions.lessonId, lessonId),
				notInArray(questions.kind, ['case', ...manualKinds]),
				isNull(questions.archivedAt)
			)
		)
		.orderBy(asc(questions.position), asc(questions.code));
	return rows.map((row) => ({ ...row, content: row.content as AskedQuestion }));
}

/** In which try each question of a lesson was last put to a person. */
export async function readLastAsked({ db }: Context, tries: Try[]): Promise<Map<string, number>> {
	const [latest] = tries;
	if (!latest) return new Map();
	const rows = await db
		.select({ questionId: masteryCheckQuestions.questionId, number: masteryChecks.number })
		.from(masteryCheckQuestions)
		.innerJoin(masteryChecks, eq(masteryChecks.id, masteryCheckQuestions.checkId))
		.where(and(eq(masteryChecks.personId, latest.personId), eq(masteryChecks.lessonId, latest.lessonId)))
		.orderBy(asc(masteryChecks.number));
	return new Map(rows.map(({ questionId, number }) => [questionId, number]));
}

/** Every article that the questions of a try rest on, in the order of the statutes. The marks play no part in it. */
export function listArticlesAsked({ db }: Context, checkId: string) {
	return db
		.selectDistinct({
			statute: articles.statute,
			number: articles.number,
			digest: articles.digest,
			law: statutes.short,
			lawPosition: statutes.position,
			ordinal: articles.ordinal
		})
		.from(masteryCheckQuestions)
		.innerJoin(questionArticles, eq(questionArticles.versionId, masteryCheckQuestions.questionVersionId))
		.innerJoin(articles, eq(articles.id, questionArticles.articleId))
		.innerJoin(statutes, eq(statutes.slug, articles.statute))
		.where(eq(masteryCheckQuestions.checkId, checkId))
		.orderBy(asc(statutes.position), asc(articles.statute), asc(articles.ordinal));
}

/** The text of a lesson as it stands today, for pointing into it. */
export async function getLessonText({ db }: Context, versionId: string) {
	const [text] = await db
		.select({ html: lessonVersions.html, headings: lessonVersions.headings })
		.from(lessonVersions)
		.where(eq(lessonVersions.id, versionId));
	if (!text) throw notFound('lesson');
	return text;
}

/** The lesson after this one. */
export async function findNextLesson({ db }: Context, { courseId, position }: CheckedLesson) {
	const [next] = await db
		.select({ slug: lessons.slug, title: lessonVersions.title })
		.from(lessons)
		.innerJoin(lessonVersions, eq(lessonVersions.id, lessons.currentVersionId))
		.where(and(eq(lessons.courseId, courseId), isNull(lessons.archivedAt), gt(lessons.position, position)))
		.orderBy(asc(lessons.position))
		.limit(1);
	return next;
}

/** When the actor completed a course last, and what it was worth under the version of that day. */
export async function findCourseCompletion({ db, actor }: SignedIn, courseId: string) {
	const [completion] = await db
		.select({ at: courseCompletions.completedAt, hours: courseVersions.hours })
		.from(courseCompletions)
		.innerJoin(courseVersions, eq(courseVersions.id, courseCompletions.courseVersionId))
		.where(and(eq(courseCompletions.personId, actor.personId), eq(courseCompletions.courseId, courseId)))
		.orderBy(desc(courseCompletions.round))
		.limit(1);
	return completion;
}
