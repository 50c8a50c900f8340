import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { contentHash } from '#lib/server/platform/content/content-hash.ts';
import type { Problem } from '#lib/server/platform/content/problem.ts';
import type { LibraryQuestion } from '#lib/server/questions/content/library-question.ts';
import type { QuestionContent, SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import { smallQuestionsIn } from '#lib/server/questions/content/parse-questions.ts';
import { storedQuestion } from '#lib/server/questions/stored-question.ts';
import { articleOrder } from '#lib/server/statutes/content/check-statute.ts';
import type { LibraryArticle, LibraryStatute } from '#lib/server/statutes/content/library-statute.ts';
import type { StatuteContent } from '#lib/server/statutes/content/parse-statute.ts';
import { countHan } from './check-lesson.ts';
import { checkLibrary } from './check-library.ts';
import type { Library, LibraryCourse, LibraryFile, LibraryLesson } from './library.ts';
import type { LessonContent } from './parse-lesson.ts';
import type { CourseFolder } from './read-library.ts';
import { renderMarkdown } from './render-markdown.ts';

/**
 * Reads, checks and renders a course library. With an error in it there is no library, only the problems.
 * @throws when the folder cannot be read
 */
export async function loadLibrary(root: string): Promise<{ library: Library | undefined; problems: Problem[] }> {
	const { folders, problems } = await checkLibrary(root);
	if (problems.some(({ level }) => level === 'error')) return { library: undefined, problems };
	const courses = await Promise.all(folders.courses.map((folder) => courseFrom(root, folder)));
	return { library: { statutes: folders.statutes.map(({ content }) => statuteFrom(content)), courses }, problems };
}

function statuteFrom({ articles, 'last-article': last, chapters = [], ...statute }: StatuteContent): LibraryStatute {
	return {
		...statute,
		lastArticle: Number(last.split('-')[0]),
		chapters,
		articles: articles.map((article) => articleFrom(article, statute.slug, chapters)),
		hash: contentHash({ ...statute, last, chapters })
	};
}

function articleFrom(
	article: StatuteContent['articles'][number],
	slug: string,
	chapters: LibraryStatute['chapters']
): LibraryArticle {
	const order = articleOrder(article.number);
	const chapter = chapters.find(({ from, to }) => order >= articleOrder(from) && Math.floor(order) <= articleOrder(to));
	return {
		...article,
		address: `${slug}/${article.number}`,
		ordinal: Math.round(order * 100),
		chapter: chapter?.number ?? null,
		hash: contentHash(article)
	};
}

async function courseFrom(root: string, folder: CourseFolder): Promise<LibraryCourse> {
	const { id, lessons, ...course } = folder.course!.content;
	const inOrder = [...folder.lessons.values()].map(({ content }) => content);
	return {
		...course,
		slug: id,
		lessons: inOrder.map((lesson, index) => lessonFrom(lesson, index + 1, id)),
		questions: questionsFrom(folder.questions!.content.questions),
		files: await Promise.all(folder.images.map((name) => fileFrom(path.join(root, id), name))),
		hash: contentHash({ id, lessons, ...course })
	};
}

function lessonFrom({ bodyLine: _, ...lesson }: LessonContent, position: number, courseId: string): LibraryLesson {
	const { html, toc, text } = renderMarkdown(lesson.body, courseId);
	const { id: slug, title, summary, articles, check, body } = lesson;
	return {
		slug,
		position,
		title,
		summary,
		articles,
		...check,
		html,
		headings: toc,
		text,
		length: countHan(body),
		hash: contentHash(lesson)
	};
}

function questionsFrom(questions: QuestionContent[]): LibraryQuestion[] {
	const found: LibraryQuestion[] = [];
	for (const question of questions) {
		const asked = smallQuestionsIn(question);
		if (question.kind === 'case') found.push(questionFrom(question, asked, found.length + 1));
		for (const each of asked) {
			const entry = questionFrom(each, [each], found.length + 1);
			found.push(question.kind === 'case' ? { ...entry, caseCode: question.id } : entry);
		}
	}
	return found;
}

function questionFrom(question: QuestionContent, asked: SmallContent[], position: number): LibraryQuestion {
	const { id: code, kind, from, until } = question;
	const content = storedQuestion(question);
	return {
		code,
		kind,
		lesson: question.lesson!,
		position,
		difficulty: Math.max(...asked.map(({ difficulty }) => difficulty)),
		articles: [...new Set(asked.flatMap(({ articles }) => articles))],
		...(from && { from }),
		...(until && { until }),
		content,
		// A case's own wording is its situation: an edited question in it is a new version of that question alone.
		hash: contentHash(question.kind === 'case' ? content : question)
	};
}

const types: Record<string, string> = {
	png: 'image/png',
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	webp: 'image/webp',
	gif: 'image/gif'
};

async function fileFrom(folder: string, name: string): Promise<LibraryFile> {
	const bytes = await readFile(path.join(folder, name));
	const type = types[path.extname(name).slice(1)] ?? 'application/octet-stream';
	return { name, type, bytes, hash: createHash('sha256').update(bytes).digest('hex') };
}
