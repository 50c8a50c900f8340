import { eq } from 'drizzle-orm';
import {
	courseCompletions,
	courses,
	courseVersions,
	lessonArticles,
	lessonCompletions,
	lessons,
	lessonVersions,
	masteryChecks
} from '#db/schema/courses.ts';
import { hourEntries } from '#db/schema/hours.ts';
import { questionArticles, questions, questionVersions } from '#db/schema/questions.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { yearOf } from '#lib/server/platform/dates.ts';
import { newId } from '#lib/server/platform/ids.ts';
import type { CaseContent, QuestionContent, SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import { storedQuestion } from '#lib/server/questions/stored-question.ts';
import type { Person } from './people.ts';
import { aFillIn, aMultiple, aNumeric, aSingle, aTrueFalse } from './questions.ts';
import { aStatute, type Article, type Statute } from './statutes.ts';

/** A question in the database; those of a case stand beside it. */
export interface Question {
	id: string;
	versionId: string;
	code: string;
	content: SmallContent;
}
export interface Lesson {
	id: string;
	slug: string;
	versionId: string;
	draw: number;
	pass: number;
	/** The questions that a check can draw: those of a case, not the case. */
	questions: Question[];
}
export interface Course {
	id: string;
	slug: string;
	versionId: string;
	hours: number;
	kind: 'required' | 'elective';
	statute: Statute;
	lessons: Lesson[];
}

export interface CourseValues {
	slug?: string;
	kind?: 'required' | 'elective';
	hours?: number;
	title?: { 'zh-CN': string; en: string };
	/** How many lessons, each with its pool. */
	lessons?: number;
	draw?: number;
	pass?: number;
	/** The pool of every lesson; twelve questions of all six kinds unless given. */
	pool?: (lesson: number, articles: Article[]) => QuestionContent[];
}

/** A course as the library would bring it in: two lessons with text and questions of all six kinds. */
export async function aCourse(ctx: Context, values: CourseValues = {}): Promise<Course> {
	const statute = await aStatute(ctx);
	const { kind = 'required', hours = 4, lessons: count = 2 } = values;
	const [id, versionId] = [newId(), newId()];
	const slug = values.slug ?? `course-${id.slice(-12)}`;
	const title = values.title ?? { 'zh-CN': '示例用工管理法', en: 'The Model Employment Act' };

	await ctx.db.insert(courses).values({ id, slug, createdAt: ctx.now });
	await ctx.db.insert(courseVersions).values({
		id: versionId,
		courseId: id,
		number: 1,
		title,
		summary: { 'zh-CN': '从用工到离职。', en: 'From the first day to the last.' },
		audience: { 'zh-CN': '劳动关系工作人员', en: 'Labour relations staff', posts: ['labour-relations'] },
		statute: statute.slug,
		kind,
		hours,
		hash: slug,
		createdAt: ctx.now
	});
	await ctx.db.update(courses).set({ currentVersionId: versionId }).where(eq(courses.id, id));

	const course: Course = { id, slug, versionId, hours, kind, statute, lessons: [] };
	for (let number = 1; number <= count; number++) course.lessons.push(await aLesson(ctx, course, values));
	return course;
}

/** One more lesson at the end of a course. */
export async function aLesson(
	ctx: Context,
	course: Course,
	{ draw = 6, pass = 5, pool = everyKind }: CourseValues = {}
): Promise<Lesson> {
	const number = course.lessons.length + 1;
	const [id, versionId] = [newId(), newId()];
	const slug = `lesson-${number}`;
	const { articles } = course.statute;

	await ctx.db.insert(lessons).values({ id, courseId: course.id, slug, position: number, createdAt: ctx.now });
	await ctx.db.insert(lessonVersions).values({
		id: versionId,
		lessonId: id,
		number: 1,
		title: { 'zh-CN': `示例第${number}课`, en: `Model lesson ${number}` },
		summary: { 'zh-CN': '期限、标准和责任。', en: 'Periods, standards and liability.' },
		html: `<p>周三上午，小陶走进窗口。</p><h2 id="periods">先看期限</h2><p>期限从用工之日起算（<a class="ref" href="/statutes/${course.statute.slug}/2" data-article="${course.statute.slug}/2">第二条</a>）。</p>`,
		headings: [{ id: 'periods', level: 2, text: '先看期限' }],
		plain: '周三上午，小陶走进窗口。先看期限。期限从用工之日起算。',
		length: 24,
		draw,
		pass,
		hash: slug,
		createdAt: ctx.now
	});
	await ctx.db.update(lessons).set({ currentVersionId: versionId }).where(eq(lessons.id, id));
	await ctx.db.insert(lessonArticles).values(articles.map((article) => ({ versionId, articleId: article.id })));

	const made: Question[] = [];
	for (const content of pool(number, articles)) {
		made.push(...(await keepQuestion(ctx, { course, lessonId: id, position: made.length }, content)));
	}
	return { id, slug, versionId, draw, pass, questions: made };
}

/** Twelve questions of all six kinds, each resting on one article. */
export function everyKind(_: number, articles: Article[]): QuestionContent[] {
	const cite = (index: number) => {
		const { statute, number } = articles[index % articles.length]!;
		return {
			id: `q-${newId().slice(-12)}`,
			articles: [`${statute}/${number}`],
			explanation: `为什么对，见[第${number}条](statute:${statute}/${number})。`
		};
	};
	const situation: CaseContent = {
		id: `c-${newId().slice(-12)}`,
		kind: 'case',
		lesson: 'concluding',
		situation: '郑某到公司做保安，满三个月仍未订立书面合同。',
		questions: [
			aTrueFalse({ ...cite(4), stem: '公司可以再拖一个月。', key: false, why: '没有再拖一个月的规则' }),
			aSingle({ ...cite(5), stem: '郑某可以主张什么？' })
		]
	};
	return [
		aSingle({ ...cite(0), stem: '第一问：关系从哪天起？' }),
		aSingle({ ...cite(1), stem: '第二问：关系从哪天起？', key: ['B'], shuffle: false }),
		aSingle({ ...cite(2), stem: '第三问：关系从哪天起？' }),
		aMultiple({ ...cite(3), stem: '第四问：哪些正确？' }),
		aMultiple({ ...cite(4), stem: '第五问：哪些正确？' }),
		aTrueFalse({ ...cite(5), stem: '第六问：最低工资就是标准。' }),
		aTrueFalse({ ...cite(0), stem: '第七问：最低工资不是标准。', key: true, why: '它只是底线' }),
		aFillIn({ ...cite(1), stem: '第八问：算到【1】，最多【2】个月。' }),
		aNumeric({ ...cite(2), explanation: '计 {counted} 个月，共 {answer} 元。' }),
		aNumeric({ ...cite(3), explanation: '计 {counted} 个月，共 {answer} 元。' }),
		situation
	];
}

type Place = { course: Course; lessonId: string; position: number; caseId?: string };

async function keepQuestion(ctx: Context, place: Place, content: QuestionContent): Promise<Question[]> {
	const { course, lessonId, position, caseId } = place;
	const [id, versionId] = [newId(), newId()];
	await ctx.db.insert(questions).values({
		id,
		code: content.id,
		kind: content.kind,
		caseId,
		courseId: course.id,
		lessonId,
		position,
		usableFrom: content.from,
		usableUntil: content.until,
		createdAt: ctx.now
	});
	await ctx.db.insert(questionVersions).values({
		id: versionId,
		questionId: id,
		number: 1,
		difficulty: content.kind === 'case' ? 3 : content.difficulty,
		content: storedQuestion(content),
		hash: content.id,
		createdAt: ctx.now
	});
	await ctx.db.update(questions).set({ currentVersionId: versionId }).where(eq(questions.id, id));
	if (content.kind === 'case') {
		const small: Question[] = [];
		for (const each of content.questions) {
			const dated = { ...each, from: content.from, until: content.until };
			small.push(...(await keepQuestion(ctx, { ...place, position: position + small.length, caseId: id }, dated)));
		}
		return small;
	}
	const cited = course.statute.articles.filter(({ statute, number }) =>
		content.articles.includes(`${statute}/${number}`)
	);
	if (cited.length > 0) {
		await ctx.db.insert(questionArticles).values(cited.map((article) => ({ versionId, articleId: article.id })));
	}
	return [{ id, versionId, code: content.id, content }];
}

/** A passed check of one lesson, without the answers that led there. */
export async function aLessonCompletion(
	ctx: Context,
	{ person, lesson, at = ctx.now }: { person: Person; lesson: Lesson; at?: Date }
): Promise<void> {
	const checkId = newId();
	await ctx.db.insert(masteryChecks).values({
		id: checkId,
		personId: person.id,
		lessonId: lesson.id,
		lessonVersionId: lesson.versionId,
		number: 1,
		status: 'passed',
		pass: lesson.pass,
		correct: lesson.pass,
		openedAt: at,
		submittedAt: at
	});
	await ctx.db.insert(lessonCompletions).values({
		personId: person.id,
		lessonId: lesson.id,
		lessonVersionId: lesson.versionId,
		checkId,
		unitId: person.unitId,
		completedAt: at
	});
}

/** A course that a person completed: every lesson passed, its hours in the ledger. Announces nothing. */
export async function aCompletion(
	ctx: Context,
	{ person, course, at = ctx.now }: { person: Person; course: Course; at?: Date }
): Promise<typeof courseCompletions.$inferSelect> {
	for (const lesson of course.lessons) await aLessonCompletion(ctx, { person, lesson, at });
	const [completion] = await ctx.db
		.insert(courseCompletions)
		.values({
			id: newId(),
			personId: person.id,
			courseId: course.id,
			courseVersionId: course.versionId,
			unitId: person.unitId,
			completedAt: at
		})
		.returning();
	await ctx.db.insert(hourEntries).values({
		id: newId(),
		personId: person.id,
		unitId: person.unitId,
		year: yearOf(at),
		category: course.kind,
		hours: course.hours,
		source: 'course',
		sourceId: course.id,
		at
	});
	return completion!;
}
