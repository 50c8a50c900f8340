import { sortProblems, type Problem } from '#lib/server/platform/content/problem.ts';
import { lineOf, openSource, report } from '#lib/server/platform/content/source.ts';
import { smallQuestionsIn } from '#lib/server/questions/content/parse-questions.ts';
import { parseAddress } from '#lib/server/statutes/content/article-address.ts';
import { checkAddress, type Shelf } from '#lib/server/statutes/content/check-reference.ts';
import { articleOrder, checkStatute } from '#lib/server/statutes/content/check-statute.ts';
import type { StatuteContent } from '#lib/server/statutes/content/parse-statute.ts';
import { checkCourse } from './check-course.ts';
import { checkSimilar } from './check-similar.ts';
import { readFolders, type CourseFolder, type Folders, type Parsed } from './read-library.ts';

/** Reads a library's folder and collects every problem in it, in order of file and line. @throws when the folder cannot be read */
export async function checkLibrary(root: string): Promise<{ folders: Folders; problems: Problem[] }> {
	const problems: Problem[] = [];
	const folders = await readFolders(root, problems);
	const shelf: Shelf = new Map(folders.statutes.map(({ content }) => [content.slug, content]));

	for (const { source, content } of folders.statutes) checkStatute(source, content);
	checkSees(folders, shelf);
	for (const course of folders.courses) checkCourse(course, shelf);
	checkQuestionIds(folders.courses);
	checkSimilar(folders.courses);
	for (const folder of folders.courses) checkCoverage(folder, folders.statutes);
	if (folders.courses.length === 0)
		report(openSource('.', problems), { line: 1, code: 'library.empty', message: '文件夹里没有课程' });
	return { folders, problems: sortProblems(problems) };
}

function checkSees({ statutes }: Folders, shelf: Shelf): void {
	for (const { source, content } of statutes) {
		for (const { see } of content.articles) {
			for (const [index, address] of see.entries()) {
				const fault = checkAddress(address, shelf);
				if (fault) report(source, { ...fault, line: lineOf(source, see, index) });
			}
		}
	}
}

/** Ids are unique in the whole library. */
function checkQuestionIds(courses: CourseFolder[]): void {
	const first = new Map<string, string>();
	for (const { questions } of courses) {
		for (const question of questions?.content.questions ?? []) {
			const own = question.kind === 'case' ? [question, ...question.questions] : [question];
			for (const each of own) {
				const line = lineOf(questions!.source, each, 'id');
				const place = `${questions!.source.file}:${line}`;
				const earlier = first.get(each.id);
				if (earlier)
					report(questions!.source, {
						line,
						code: 'question.duplicate',
						question: each.id,
						message: `编号 ${each.id} 已经用在 ${earlier}`
					});
				else first.set(each.id, place);
			}
		}
	}
}

/** Every chapter of the course's statute is taught, and every article of it has a digest. */
function checkCoverage(folder: CourseFolder, statutes: Parsed<StatuteContent>[]): void {
	const statute = statutes.find(({ content }) => content.slug === folder.course?.content.statute);
	if (!statute || !folder.course) return;
	const { source, content } = statute;
	const last = articleOrder(content['last-article']);
	const digested = new Set(content.articles.map(({ number }) => number));
	const missing = Array.from({ length: Math.floor(last) }, (_, index) => `${index + 1}`).filter(
		(number) => !digested.has(number)
	);
	if (missing.length > 0) {
		const line = lineOf(source, content, 'articles');
		report(source, {
			line,
			code: 'article.no-digest',
			message: `缺少 ${missing.length} 条的提要：${missing.join('、')}`
		});
	}
	const numbersIn = (addresses: string[]) =>
		addresses.flatMap((address) => {
			const parts = parseAddress(address);
			return parts?.statute === content.slug ? [articleOrder(parts.number)] : [];
		});
	const taught = numbersIn([...folder.lessons.values()].flatMap((lesson) => lesson.content.articles));
	const asked = numbersIn(
		folder.questions?.content.questions.flatMap(smallQuestionsIn).flatMap(({ articles }) => articles) ?? []
	);
	const course = folder.course;
	const line = lineOf(course.source, course.content, 'lessons');
	for (const chapter of content.chapters ?? []) {
		const isInside = (order: number) =>
			order >= articleOrder(chapter.from) && Math.floor(order) <= articleOrder(chapter.to);
		if (!taught.some(isInside)) {
			const message = `${content.short['zh-CN']}第${chapter.number}章“${chapter.title['zh-CN']}”没有课文讲到`;
			report(course.source, { line, code: 'coverage.chapter', message });
		}
	}
	const untaught = [...digested].filter((number) => !taught.includes(articleOrder(number)));
	if (untaught.length > 0) {
		report(course.source, {
			level: 'warning',
			line,
			code: 'coverage.article',
			message: `没有课文链接到：第 ${untaught.join('、')} 条`
		});
	}
	const unasked = [...digested].filter((number) => !asked.includes(articleOrder(number)));
	if (unasked.length > 0) {
		report(course.source, {
			level: 'warning',
			line,
			code: 'coverage.unasked',
			message: `没有题目考到：第 ${unasked.join('、')} 条`
		});
	}
}
