import { linksIn } from '#lib/server/platform/content/markdown-links.ts';
import { lineOf, report, type Source } from '#lib/server/platform/content/source.ts';
import { checkQuestion } from '#lib/server/questions/content/check-question.ts';
import { smallQuestionsIn, type QuestionContent, type SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import { parseAddress } from '#lib/server/statutes/content/article-address.ts';
import { checkAddress, checkReferenceText, type Shelf } from '#lib/server/statutes/content/check-reference.ts';
import { anchorsOf, checkLesson } from './check-lesson.ts';
import { checkBalance } from './check-balance.ts';
import type { CourseContent } from './parse-course.ts';
import type { CourseFolder, Parsed } from './read-library.ts';

const fewestQuestions = 12;

/** A course's folder as a whole: its list of lessons, its links, its pool of questions. */
export function checkCourse(folder: CourseFolder, shelf: Shelf): void {
	const { course, questions, lessons } = folder;
	const statute = course?.content.statute ?? folder.id;
	if (course) checkCourseFile(folder, course, shelf);

	const anchors = new Map<string, Set<string> | undefined>();
	for (const id of course?.content.lessons ?? []) anchors.set(id, undefined);
	for (const { content } of lessons.values()) anchors.set(content.id, anchorsOf(content.body, folder.id));
	for (const lesson of lessons.values()) {
		checkLesson(lesson, { statute, shelf, anchors, images: folder.images });
		checkAddresses(lesson.source, lesson.content.articles, shelf);
	}
	for (const question of questions?.content.questions ?? []) {
		checkQuestion(questions!.source, question);
		checkQuestionInCourse(questions!.source, question, folder, statute, shelf);
	}
	checkPools(folder);
	checkImagesUsed(folder);
	if (course && questions) checkBalance(folder, questions);
}

function checkCourseFile(folder: CourseFolder, { source, content }: Parsed<CourseContent>, shelf: Shelf): void {
	const fault = (key: keyof CourseContent, code: string, message: string) =>
		report(source, { line: lineOf(source, content, key), code, message });
	if (content.id !== folder.id) fault('id', 'course.id', `id 应当等于文件夹名 ${folder.id}`);
	if (!shelf.has(content.statute)) fault('statute', 'statute.unknown', `没有收录 ${content.statute} 这个文本`);
	if (!(content.statute in content.sources)) fault('sources', 'sources.statute', `sources 里缺少主要文本 ${content.statute}`);
	if (folder.questions && folder.questions.content.course !== folder.id) {
		const questions = folder.questions;
		const line = lineOf(questions.source, questions.content, 'course');
		report(questions.source, { line, code: 'course.id', message: `course 应当等于文件夹名 ${folder.id}` });
	}
	checkLessonList(folder, { source, content });
	checkSources(folder, { source, content }, shelf);
}

function checkLessonList(folder: CourseFolder, { source, content }: Parsed<CourseContent>): void {
	const expected = content.lessons.map((id, index) => `${String(index + 1).padStart(2, '0')}-${id}.md`);
	for (const [index, id] of content.lessons.entries()) {
		const line = lineOf(source, content.lessons, index);
		if (content.lessons.indexOf(id) !== index) report(source, { line, code: 'lesson.duplicate', message: `课 ${id} 重复` });
		if (!folder.lessonFiles.includes(expected[index]!)) {
			report(source, { line, code: 'lesson.missing', message: `缺少课文 ${expected[index]}` });
		}
	}
	for (const name of folder.lessonFiles.filter((name) => !expected.includes(name))) {
		const line = lineOf(source, content, 'lessons');
		report(source, { line, code: 'lesson.unlisted', message: `课文 ${name} 不在 lessons 里，或者序号不符` });
	}
	for (const [name, lesson] of folder.lessons) {
		if (name.slice(3, -3) === lesson.content.id) continue;
		const line = lineOf(lesson.source, lesson.content, 'id');
		report(lesson.source, { line, code: 'lesson.id', message: `id 应当与文件名一致：${name.slice(3, -3)}` });
	}
}

function checkSources(folder: CourseFolder, { source, content }: Parsed<CourseContent>, shelf: Shelf): void {
	const cited = new Set([content.statute]);
	for (const address of citedBy(folder)) cited.add(parseAddress(address)!.statute);
	for (const statute of [...cited].filter((slug) => !(slug in content.sources)).sort()) {
		const line = lineOf(source, content, 'sources');
		report(source, { line, code: 'sources.missing', message: `课文或者题目引用了 ${statute}，sources 里没有它的版本` });
	}
	for (const [slug, version] of Object.entries(content.sources)) {
		const line = lineOf(source, content.sources, slug);
		const statute = shelf.get(slug);
		if (!statute) report(source, { line, code: 'statute.unknown', message: `没有收录 ${slug} 这个文本` });
		else if (!statute.versions.some(({ id }) => id === version)) {
			report(source, { line, code: 'version.unknown', message: `${slug} 没有 ${version} 这个版本` });
		}
		if (!cited.has(slug)) report(source, { level: 'warning', line, code: 'sources.unused', message: `sources 列了 ${slug}，全课没有引用` });
	}
}

function citedBy(folder: CourseFolder): string[] {
	const fromLessons = [...folder.lessons.values()].flatMap(({ content }) => content.articles);
	return [...fromLessons, ...smallIn(folder).flatMap(({ articles }) => articles)];
}

const smallIn = (folder: CourseFolder): SmallContent[] => folder.questions?.content.questions.flatMap(smallQuestionsIn) ?? [];

function checkAddresses(source: Source, articles: string[], shelf: Shelf, question?: string): void {
	for (const [index, address] of articles.entries()) {
		const fault = checkAddress(address, shelf);
		if (fault) report(source, { ...fault, line: lineOf(source, articles, index), ...(question && { question }) });
	}
}

function checkQuestionInCourse(source: Source, question: QuestionContent, folder: CourseFolder, statute: string, shelf: Shelf): void {
	const known = folder.course?.content.lessons ?? [...folder.lessons.values()].map(({ content }) => content.id);
	if (question.lesson && !known.includes(question.lesson)) {
		const line = lineOf(source, question, 'lesson');
		report(source, { line, code: 'question.lesson', question: question.id, message: `本课程没有 ${question.lesson} 这一课` });
	}
	// The questions of a case are taken as they stand in the file, for the sake of their lines.
	for (const small of question.kind === 'case' ? question.questions : [question]) {
		checkAddresses(source, small.articles, shelf, small.id);
		checkQuestionLinks(source, small, statute, shelf);
	}
}

function checkQuestionLinks(source: Source, question: SmallContent, statute: string, shelf: Shelf): void {
	const line = lineOf(source, question, 'explanation');
	const fault = (code: string, message: string) => report(source, { line, code, message, question: question.id });
	for (const { text, href } of linksIn(question.explanation)) {
		if (!href.startsWith('statute:')) {
			fault('link.address', `解析里只能链接条文，${href} 不是`);
			continue;
		}
		const address = href.slice('statute:'.length);
		const wrong = checkReferenceText(text, address, statute, shelf);
		if (wrong) fault(wrong.code, wrong.message);
		if (!question.articles.includes(address)) fault('explanation.articles', `解析链接到 ${address}，articles 没有列它`);
	}
}

function checkPools(folder: CourseFolder): void {
	const small = smallIn(folder);
	for (const { source, content } of folder.lessons.values()) {
		const pool = small.filter(({ lesson, until }) => lesson === content.id && !until);
		const wanted = Math.max(fewestQuestions, content.check.draw * 2);
		if (pool.length >= wanted) continue;
		const message = `这一课有 ${pool.length} 道有效小题，应当不少于 ${wanted} 道`;
		report(source, { line: lineOf(source, content, 'check'), code: 'pool.small', message });
	}
}

function checkImagesUsed({ id, images, lessons, course }: CourseFolder): void {
	const used = new Set([...lessons.values()].flatMap(({ content }) => linksIn(content.body).filter(({ isImage }) => isImage).map(({ href }) => href)));
	for (const image of images.filter((name) => !used.has(name))) {
		const [any] = lessons.values();
		const source = course?.source ?? any?.source;
		if (source) source.problems.push({ level: 'error', code: 'image.unused', file: `${id}/${image}`, line: 1, message: '没有课文用到这张图片' });
	}
}
