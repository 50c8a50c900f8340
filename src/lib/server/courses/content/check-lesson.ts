import { linksIn } from '#lib/server/platform/content/markdown-links.ts';
import { hasNarrowPunctuation } from '#lib/server/platform/content/readers.ts';
import { lineOf, report } from '#lib/server/platform/content/source.ts';
import type { Parsed } from './read-library.ts';
import { checkBlocks, type At } from './check-lesson-blocks.ts';
import { checkLinks, type Surroundings } from './check-lesson-links.ts';
import type { LessonContent } from './parse-lesson.ts';
import { renderMarkdown } from './render-markdown.ts';

const fewestCharacters = 900;
const mostCharacters = 1500;

/** The lesson's own form: length, opening, blocks, links, pictures. */
export function checkLesson(lesson: Parsed<LessonContent>, around: Surroundings): void {
	const { source, content } = lesson;
	const at: At = (line, code, message) => report(source, { line, code, message });
	const inBody: At = (line, code, message) => at(line + content.bodyLine - 1, code, message);

	const length = countHan(content.body);
	if (length < fewestCharacters || length > mostCharacters) {
		inBody(1, 'lesson.length', `正文有 ${length} 个汉字，应当在 ${fewestCharacters} 至 ${mostCharacters} 之间`);
	}
	if (content.check.pass > content.check.draw) {
		at(lineOf(source, content, 'check'), 'check.pass', 'pass 不能大于 draw');
	}
	checkOpening(content.body, inBody);
	warnOfPunctuation(content.body, (line) =>
		report(source, {
			level: 'warning',
			line: line + content.bodyLine - 1,
			code: 'text.half-width',
			message: '中文里有半角标点'
		})
	);
	checkBlocks(content.body, inBody);
	checkLinks(content, around, inBody);
	checkArticlesList(lesson, at);
}

/** Chinese characters of the text that readers see, link addresses left out. */
export const countHan = (markdown: string): number =>
	markdown.replace(/\]\([^)]*\)/g, ']').match(/\p{Script=Han}/gu)?.length ?? 0;

function checkOpening(body: string, at: At): void {
	const lines = body.split('\n');
	const first = lines.findIndex((line) => line.trim() !== '');
	if (/^(#|:::|\||[-*] |\d+\. |>|!\[)/.test(lines[first] ?? '')) {
		at(first + 1, 'lesson.opening', '第一段应当是办公室遇到的一件事，写成普通段落');
	}
	for (const [index, line] of lines.entries()) {
		if (/^#\s/.test(line)) at(index + 1, 'lesson.heading', '正文不写一级标题，节用 ##');
		if (endsStrongWithPunctuation(line)) at(index + 1, 'lesson.emphasis', '加粗的末尾不放标点');
		if (/<\/?[a-z]/i.test(line)) at(index + 1, 'lesson.html', '课文里不写 HTML');
	}
}

/** Every other piece between pairs of asterisks is strong. */
const endsStrongWithPunctuation = (line: string) =>
	line
		.split('**')
		.some((piece, index, all) => index % 2 === 1 && index < all.length - 1 && /[，。；：、？！]$/.test(piece));

function warnOfPunctuation(body: string, warn: (line: number) => void): void {
	for (const [index, line] of body.split('\n').entries()) {
		if (hasNarrowPunctuation(line.replace(/\]\([^)]*\)/g, ']'))) warn(index + 1);
	}
}

/** Front matter lists exactly the articles that the body links to. */
function checkArticlesList({ source, content }: Parsed<LessonContent>, at: At): void {
	const line = lineOf(source, content, 'articles');
	const linked = new Map(
		linksIn(content.body)
			.filter(({ href, isImage }) => !isImage && href.startsWith('statute:'))
			.map((link) => [link.href.slice('statute:'.length), link.line])
	);
	for (const [index, address] of content.articles.entries()) {
		const own = lineOf(source, content.articles, index);
		if (content.articles.indexOf(address) !== index) at(own, 'articles.twice', `articles 里 ${address} 重复`);
		else if (!linked.has(address)) at(own, 'articles.unlinked', `articles 列了 ${address}，正文没有链接到它`);
	}
	for (const [address, linkLine] of linked) {
		if (!content.articles.includes(address)) {
			at(
				linkLine + content.bodyLine - 1,
				'articles.unlisted',
				`正文链接到 ${address}，articles（第 ${line} 行起）没有列它`
			);
		}
	}
}

/** Anchors of a lesson's headings. */
export const anchorsOf = (body: string, courseId: string): Set<string> =>
	new Set(renderMarkdown(body, courseId).toc.map(({ id }) => id));
