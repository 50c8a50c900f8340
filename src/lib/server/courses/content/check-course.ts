import { linksIn } from '#lib/server/platform/content/markdown-links.ts';
import { lineOf, report, type Source } from '#lib/server/platform/content/source.ts';
import { checkQuestion } from '#lib/server/questions/content/check-question.ts';
import {
	isManual,
	smallQuestionsIn,
	type QuestionContent,
	type SmallContent
} from '#lib/server/questions/content/parse-questions.ts';
import {
	checkAddress,
	checkReferenceText,
	checkRendered,
	type Shelf
} from '#lib/server/statutes/content/check-reference.ts';
import { renderInline } from '#lib/server/statutes/content/render-inline.ts';
import { anchorsOf, checkLesson } from './check-lesson.ts';
import { checkCourseFile } from './check-course-file.ts';
import { checkBalance } from './check-balance.ts';
import type { CourseFolder } from './read-library.ts';

const fewestQuestions = 12;

/** A course's folder as a whole: its list of lessons, its links, its pool of questions. */
export function checkCourse(folder: CourseFolder, shelf: Shelf): void {
	const { course, questions, lessons } = folder;
	const statute = course ? course.content.statute : folder.id;
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

const smallIn = (folder: CourseFolder): SmallContent[] =>
	folder.questions?.content.questions.flatMap(smallQuestionsIn) ?? [];

function checkAddresses(source: Source, articles: string[], shelf: Shelf, question?: string): void {
	for (const [index, address] of articles.entries()) {
		const fault = checkAddress(address, shelf);
		if (fault) report(source, { ...fault, line: lineOf(source, articles, index), ...(question && { question }) });
	}
}

function checkQuestionInCourse(
	source: Source,
	question: QuestionContent,
	folder: CourseFolder,
	statute: string | undefined,
	shelf: Shelf
): void {
	const known = folder.course?.content.lessons ?? [...folder.lessons.values()].map(({ content }) => content.id);
	if (question.lesson && !known.includes(question.lesson)) {
		const line = lineOf(source, question, 'lesson');
		report(source, {
			line,
			code: 'question.lesson',
			question: question.id,
			message: `本课程没有 ${question.lesson} 这一课`
		});
	}
	// The questions of a case are taken as they stand in the file, for the sake of their lines.
	for (const small of question.kind === 'case' ? question.questions : [question]) {
		checkAddresses(source, small.articles, shelf, small.id);
		checkQuestionLinks(source, small, statute, shelf);
	}
}

function checkQuestionLinks(source: Source, question: SmallContent, statute: string | undefined, shelf: Shelf): void {
	for (const key of ['stem', 'explanation'] as const) {
		const line = lineOf(source, question, key);
		const fault = (code: string, message: string) => report(source, { line, code, message, question: question.id });
		const links = linksIn(question[key]);
		const written = links.flatMap(({ href }) => (href.startsWith('statute:') ? [href.slice('statute:'.length)] : []));
		for (const { code, message } of checkRendered(renderInline(question[key]), written)) fault(code, message);
		for (const { text, href } of links) {
			if (!href.startsWith('statute:')) {
				fault('link.address', `题目里只能链接条文，${href} 不是`);
				continue;
			}
			const address = href.slice('statute:'.length);
			const wrong = checkReferenceText(text, address, statute, shelf);
			if (wrong) fault(wrong.code, wrong.message);
			if (!question.articles.includes(address)) {
				fault('explanation.articles', `${key} 链接到 ${address}，articles 没有列它`);
			}
		}
	}
}

function checkPools(folder: CourseFolder): void {
	const small = smallIn(folder);
	for (const { source, content } of folder.lessons.values()) {
		const pool = small.filter(({ kind, lesson, until }) => lesson === content.id && !until && !isManual(kind));
		const wanted = Math.max(fewestQuestions, content.check.draw * 2);
		if (pool.length >= wanted) continue;
		const message = `这一课有 ${pool.length} 道有效小题，应当不少于 ${wanted} 道`;
		report(source, { line: lineOf(source, content, 'check'), code: 'pool.small', message });
	}
}

function checkImagesUsed({ id, images, lessons, course }: CourseFolder): void {
	const used = new Set(
		[...lessons.values()].flatMap(({ content }) =>
			linksIn(content.body)
				.filter(({ isImage }) => isImage)
				.map(({ href }) => href)
		)
	);
	for (const image of images.filter((name) => !used.has(name))) {
		const [any] = lessons.values();
		const source = course?.source ?? any?.source;
		if (source)
			source.problems.push({
				level: 'error',
				code: 'image.unused',
				file: `${id}/${image}`,
				line: 1,
				message: '没有课文用到这张图片'
			});
	}
}
