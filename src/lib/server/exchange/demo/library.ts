import { and, asc, eq, isNull } from 'drizzle-orm';
import { courses, courseVersions, lessons, lessonVersions } from '#db/schema/courses.ts';
import type { Localized } from '#db/schema/columns.ts';
import { listPool } from '../../courses/check-queries.ts';
import { drawQuestions, type DrawnQuestion, type PoolQuestion } from '../../courses/draw-questions.ts';
import type { Context } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { type Answer, scoreAnswer } from '../../questions/score-answer.ts';
import { rightAnswer, wrongAnswers } from './answers.ts';

/** A question as it can be asked, with what people answer to it. */
export interface Form extends DrawnQuestion {
	right: Answer;
	wrong: Answer[];
}

export interface Lesson {
	id: string;
	versionId: string;
	draw: number;
	pass: number;
	headings: string[];
	/** Some forms of every question of the pool, in the order of the files. */
	pool: Form[][];
}

export interface Course {
	id: string;
	slug: string;
	versionId: string;
	title: Localized;
	kind: 'required' | 'elective';
	hours: number;
	lessons: Lesson[];
}

const formsPerQuestion = 4;

/** The courses as they stand, ready for people to study them. */
export async function readCourses(ctx: Context): Promise<Course[]> {
	const found = await ctx.db
		.select({
			id: courses.id,
			slug: courses.slug,
			versionId: courseVersions.id,
			title: courseVersions.title,
			kind: courseVersions.kind,
			hours: courseVersions.hours
		})
		.from(courses)
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.where(isNull(courses.archivedAt))
		.orderBy(asc(courses.position), asc(courses.slug));

	const ready: Course[] = [];
	for (const course of found) ready.push({ ...course, lessons: await readLessons(ctx, course.id) });
	return ready;
}

async function readLessons(ctx: Context, courseId: string): Promise<Lesson[]> {
	const found = await ctx.db
		.select({
			id: lessons.id,
			slug: lessons.slug,
			versionId: lessonVersions.id,
			draw: lessonVersions.draw,
			pass: lessonVersions.pass,
			headings: lessonVersions.headings
		})
		.from(lessons)
		.innerJoin(lessonVersions, eq(lessonVersions.id, lessons.currentVersionId))
		.where(and(eq(lessons.courseId, courseId), isNull(lessons.archivedAt)))
		.orderBy(asc(lessons.position));

	const ready: Lesson[] = [];
	for (const { slug, headings, ...lesson } of found) {
		const pool = (await listPool(ctx, lesson.id)).map((question, place) =>
			formsOf(question, `${slug} ${place}`, dateOf(ctx.now))
		);
		const askable = pool.filter((forms) => forms.length > 0);
		ready.push({ ...lesson, headings: headings.map(({ id }) => id), pool: askable });
	}
	return ready;
}

/**
 * Several ways in which the domain itself would draw a question: orders of options, values of a calculation. What it draws
 * follows from the id, which every database makes anew: a name that stays takes its place.
 */
function formsOf(question: PoolQuestion, name: string, today: string): Form[] {
	const { content } = question;
	const drawn = Array.from({ length: formsPerQuestion }, (_, number) =>
		drawQuestions({
			pool: [{ ...question, id: name }],
			lastAsked: new Map(),
			count: 1,
			today,
			seed: `demo ${number}`
		})
	).flat();
	return drawn.map((form) => {
		const parameters = form.parameters ?? {};
		const isWrong = (answer: Answer) => !scoreAnswer(content, answer, parameters);
		const [right, wrong] = [rightAnswer(content, parameters), wrongAnswers(content, parameters).filter(isWrong)];
		return { ...form, questionId: question.id, right, wrong };
	});
}
