import { asc, eq, isNull, sql } from 'drizzle-orm';
import { theProvince } from '#tests/factories/units.ts';
import { expect } from 'vitest';
import { courses, courseVersions, lessonArticles, lessons, lessonVersions } from '#db/schema/courses.ts';
import { questionArticles, questions, questionVersions } from '#db/schema/questions.ts';
import { articles, articleVersions, statutes } from '#db/schema/statutes.ts';
import { auditEntries } from '#db/schema/audit.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { hasChanged } from '#lib/server/courses/sync-library.ts';
import type { StoredQuestion } from '#lib/server/questions/stored-question.ts';
import { bringIn, libraryFiles } from '#tests/factories/course-library.ts';
import { test } from '#tests/setup/test.ts';

type Files = Record<string, string>;

const edited = (change: (files: Files) => void): Files => {
	const files = libraryFiles();
	change(files);
	return files;
};
const replaced = (file: string, from: string, to: string) =>
	edited((files) => {
		expect(files[file]).toContain(from);
		files[file] = files[file]!.replaceAll(from, to);
	});

const questionsFile = 'labour-contract/questions.yaml';
const lessonFile = 'labour-contract/01-concluding.md';
const statuteFile = 'statutes/labour-contract.yaml';

const lessonTexts = ({ db }: Context) =>
	db
		.select({ number: lessonVersions.number, plain: lessonVersions.plain })
		.from(lessonVersions)
		.orderBy(asc(lessonVersions.number));

const questionOf = async ({ db }: Context, code: string) => {
	const [row] = await db
		.select({ question: questions, version: questionVersions })
		.from(questions)
		.innerJoin(questionVersions, eq(questionVersions.id, questions.currentVersionId))
		.where(eq(questions.code, code));
	return row!;
};

test('brings in statutes, courses, lessons and questions, each in its first version', async ({ ctx }) => {
	const report = await bringIn(ctx);
	expect(report).toMatchObject({
		statutes: { new: 1 },
		articles: { new: 3 },
		courses: { new: 1 },
		lessons: { new: 1 },
		questions: { new: 15 }
	});

	const { db } = ctx;
	const [lesson] = await db
		.select()
		.from(lessons)
		.innerJoin(lessonVersions, eq(lessonVersions.id, lessons.currentVersionId));
	expect(lesson?.lesson_versions).toMatchObject({
		number: 1,
		draw: 6,
		pass: 5,
		title: { 'zh-CN': '订立', en: 'Concluding' }
	});
	expect(lesson?.lesson_versions.html).toContain('data-article="labour-contract/1"');
	expect(await db.select().from(lessonArticles)).toHaveLength(3);

	const [course] = await db
		.select()
		.from(courses)
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId));
	expect(course?.course_versions).toMatchObject({ number: 1, hours: 2, kind: 'required', statute: 'labour-contract' });
});

test('keeps questions with their rendered prose, their case and the articles that they rest on', async ({ ctx }) => {
	await bringIn(ctx);
	const { question, version } = await questionOf(ctx, 'lc-0113');
	const content = version.content as StoredQuestion;
	const { question: situation } = await questionOf(ctx, 'lc-01c1');

	expect(question).toMatchObject({ kind: 'true-false', caseId: situation.id, lessonId: situation.lessonId });
	expect(content.kind === 'case' ? '' : content.html.explanation).toContain('class="ref"');
	expect(await ctx.db.select().from(questionArticles).where(eq(questionArticles.versionId, version.id))).toHaveLength(
		1
	);
});

test('finds nothing to do the second time, and writes no line of audit for it', async ({ ctx }) => {
	await bringIn(ctx);
	expect(hasChanged(await bringIn(ctx))).toBe(false);
	expect(await ctx.db.select().from(lessonVersions)).toHaveLength(1);
	expect(await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'library.synced'))).toHaveLength(1);
});

test('makes a new version of a changed lesson, and leaves the earlier one as it was', async ({ ctx }) => {
	await bringIn(ctx);
	const report = await bringIn(ctx, replaced(lessonFile, '走进窗口', '走进大厅'));

	expect(report).toMatchObject({ lessons: { new: 0, changed: 1 }, courses: { changed: 0 }, questions: { changed: 0 } });
	const [first, second] = await lessonTexts(ctx);
	expect(first?.plain).toContain('走进窗口');
	expect(second).toMatchObject({ number: 2, plain: expect.stringContaining('走进大厅') });
});

test('makes a new version of the changed question alone', async ({ ctx }) => {
	await bringIn(ctx);
	const before = await questionOf(ctx, 'lc-0110');
	const report = await bringIn(ctx, replaced(questionsFile, '这句话对不对', '这句话说得对不对'));
	const after = await questionOf(ctx, 'lc-0110');

	expect(report.questions).toEqual({ new: 0, changed: 1, archived: 0, restored: 0 });
	expect(after.question.id).toBe(before.question.id);
	expect(after.version).toMatchObject({ number: 2 });
});

test('archives a question that has left the files, and restores it when it is back', async ({ ctx }) => {
	await bringIn(ctx);
	const cut = edited((files) => {
		files[questionsFile] = files[questionsFile]!.replace(/ {2}- id: lc-0110[\s\S]*?(?= {2}- id: lc-0111)/, '');
	});

	expect((await bringIn(ctx, cut)).questions).toEqual({ new: 0, changed: 0, archived: 1, restored: 0 });
	expect((await questionOf(ctx, 'lc-0110')).question.archivedAt).toEqual(ctx.now);
	expect((await bringIn(ctx)).questions).toEqual({ new: 0, changed: 0, archived: 0, restored: 1 });
	expect((await questionOf(ctx, 'lc-0110')).question.archivedAt).toBeNull();
	expect((await questionOf(ctx, 'lc-0110')).version.number).toBe(1);
});

test('archives a course with its lessons and questions, and deletes none of them', async ({ ctx }) => {
	await bringIn(ctx);
	const renamed = Object.fromEntries(
		Object.entries(libraryFiles()).map(([file, text]) => [
			file.replace(/^labour-contract\//, 'contracts/'),
			file === 'labour-contract/course.yaml'
				? text.replace('id: labour-contract', 'id: contracts')
				: text.replace('course: labour-contract', 'course: contracts').replaceAll(/id: lc-/g, 'id: ct-')
		])
	);
	const report = await bringIn(ctx, renamed);

	expect(report).toMatchObject({
		courses: { new: 1, archived: 1 },
		lessons: { new: 1, archived: 1 },
		questions: { new: 15, archived: 15 }
	});
	expect(await ctx.db.select().from(questions)).toHaveLength(30);
	const queued = await ctx.db.execute(sql`select 1 from graphile_worker.jobs where key = 'courses.complete-finished'`);
	expect(queued.rows, 'some may have completed what is left').toHaveLength(1);
	expect(await ctx.db.select().from(lessons).where(isNull(lessons.archivedAt))).toHaveLength(1);
});

test('leaves questions of the bank that came from no course alone', async ({ ctx }) => {
	await bringIn(ctx);
	const { id: unitId } = await theProvince(ctx);
	await ctx.db.update(questions).set({ courseId: null, lessonId: null, unitId }).where(eq(questions.code, 'lc-0110'));
	const cut = edited((files) => {
		files[questionsFile] = files[questionsFile]!.replace(/ {2}- id: lc-0110[\s\S]*?(?= {2}- id: lc-0111)/, '');
	});
	expect((await bringIn(ctx, cut)).questions.archived).toBe(0);
});

test('keeps what a digest said before it was rewritten', async ({ ctx }) => {
	await bringIn(ctx);
	const report = await bringIn(ctx, replaced(statuteFile, '说明立法的用意。', '说明为什么立法。'));

	expect(report).toMatchObject({ statutes: { changed: 0 }, articles: { changed: 1 } });
	expect(await ctx.db.select().from(articleVersions)).toMatchObject([{ number: 1, digest: '说明立法的用意。' }]);
	expect(await ctx.db.select({ digest: articles.digest }).from(articles).orderBy(articles.ordinal).limit(1)).toEqual([
		{ digest: '说明为什么立法。' }
	]);
});

test('mends what stands in the head of a statute', async ({ ctx }) => {
	await bringIn(ctx);
	const report = await bringIn(ctx, replaced(statuteFile, '第二十八次会议', '第二十九次会议'));
	expect(report).toMatchObject({ statutes: { changed: 1 }, articles: { changed: 0 } });
	expect(await ctx.db.select().from(statutes)).toHaveLength(1);
});

test('writes nothing where the files have an error', async ({ ctx }) => {
	await bringIn(ctx);
	const act = bringIn(ctx, replaced(lessonFile, 'statute:labour-contract/2', 'statute:labour-contract/9'));
	await expect(act).rejects.toThrow('reference.number');
	expect(await lessonTexts(ctx)).toHaveLength(1);
});
