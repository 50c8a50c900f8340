import { lineOf, report } from '#lib/server/platform/content/source.ts';
import { smallQuestionsIn } from '#lib/server/questions/content/parse-questions.ts';
import { parseAddress } from '#lib/server/statutes/content/article-address.ts';
import type { Shelf } from '#lib/server/statutes/content/check-reference.ts';
import type { CourseContent } from './parse-course.ts';
import type { CourseFolder, Parsed } from './read-library.ts';

/** What course.yaml says against what lies in the folder and on the shelf. */
export function checkCourseFile(folder: CourseFolder, { source, content }: Parsed<CourseContent>, shelf: Shelf): void {
	const fault = (key: keyof CourseContent, code: string, message: string) =>
		report(source, { line: lineOf(source, content, key), code, message });
	if (content.id !== folder.id) fault('id', 'course.id', `id 应当等于文件夹名 ${folder.id}`);
	const { statute } = content;
	if (statute && !shelf.has(statute)) fault('statute', 'statute.unknown', `没有收录 ${statute} 这个文本`);
	if (statute && !(statute in content.sources))
		fault('sources', 'sources.statute', `sources 里缺少主要文本 ${statute}`);
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
		if (content.lessons.indexOf(id) !== index)
			report(source, { line, code: 'lesson.duplicate', message: `课 ${id} 重复` });
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
	const cited = new Set(content.statute ? [content.statute] : []);
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
		if (!cited.has(slug))
			report(source, { level: 'warning', line, code: 'sources.unused', message: `sources 列了 ${slug}，全课没有引用` });
	}
}

function citedBy(folder: CourseFolder): string[] {
	const fromLessons = [...folder.lessons.values()].flatMap(({ content }) => content.articles);
	const asked = folder.questions?.content.questions.flatMap(smallQuestionsIn) ?? [];
	return [...fromLessons, ...asked.flatMap(({ articles }) => articles)];
}
