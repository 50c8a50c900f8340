import { linksIn } from '#lib/server/platform/content/markdown-links.ts';
import { lineOf, report } from '#lib/server/platform/content/source.ts';
import { checkReferenceText, type Shelf } from '#lib/server/statutes/content/check-reference.ts';
import type { Parsed } from './read-library.ts';
import type { LessonContent } from './parse-lesson.ts';
import { renderMarkdown } from './render-markdown.ts';

/** What a lesson may point at. */
export interface Surroundings {
	statute: string;
	shelf: Shelf;
	/** Anchors of every lesson that can be read, by lesson id, and nothing for those that cannot. */
	anchors: ReadonlyMap<string, ReadonlySet<string> | undefined>;
	images: readonly string[];
}

type At = (line: number, code: string, message: string) => void;

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
	checkBlocks(content.body, inBody);
	checkLinks(lesson, around, inBody);
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
		if (/[，。；：、？！]\*\*/.test(line) && isClosing(line)) at(index + 1, 'lesson.emphasis', '加粗的末尾不放标点');
		if (/<\/?[a-z]/i.test(line)) at(index + 1, 'lesson.html', '课文里不写 HTML');
	}
}

const isClosing = (line: string) => /\*\*[^*]*[，。；：、？！]\*\*/.test(line);

const kinds = ['case', 'caution', 'summary'];

function checkBlocks(body: string, at: At): void {
	const lines = body.split('\n');
	const count: Record<string, number> = { case: 0, caution: 0, summary: 0 };
	let open: { kind: string; line: number; content: string[] } | undefined;
	let afterSummary = false;
	for (const [index, text] of lines.entries()) {
		const line = index + 1;
		const fence = /^(\s*):::\s*(\S*)\s*(.*)$/.exec(text);
		if (!fence) {
			if (open) open.content.push(text);
			else if (afterSummary && text.trim()) {
				at(line, 'block.summary-last', ':::summary 应当放在最后');
				afterSummary = false;
			}
			continue;
		}
		const [, indent, kind = '', title = ''] = fence;
		if (indent) at(line, 'block.indent', '::: 应当占行首');
		if (kind === '') {
			if (!open) at(line, 'block.stray-end', '这个 ::: 没有对应的开头');
			else if (open.kind === 'summary') checkSummary(open.content, open.line, at);
			else if (open.content.every((each) => !each.trim())) at(open.line, 'block.empty', `:::${open.kind} 没有内容`);
			afterSummary ||= open?.kind === 'summary';
			open = undefined;
			continue;
		}
		if (open) at(line, 'block.nested', `第 ${open.line} 行的 :::${open.kind} 还没有收尾，提示块不嵌套`);
		if (!kinds.includes(kind)) at(line, 'block.kind', `没有 :::${kind}，只有 case、caution、summary`);
		else count[kind]! += 1;
		if (kind !== 'summary' && !title) at(line, 'block.title', `:::${kind} 后面要写标题`);
		if (kind === 'summary' && title) at(line, 'block.title', ':::summary 不写标题');
		open = { kind, line, content: [] };
	}
	if (open) at(open.line, 'block.open', `:::${open.kind} 没有用单独一行 ::: 收尾`);
	if (count['case'] === 0) at(1, 'lesson.no-case', '至少要有一个 :::case');
	if (count['caution'] === 0) at(1, 'lesson.no-caution', '至少要有一个 :::caution');
	if (count['summary'] !== 1) at(1, 'lesson.summary', '应当恰好有一个 :::summary');
}

function checkSummary(content: string[], line: number, at: At): void {
	const filled = content.filter((each) => each.trim());
	if (filled.length !== 3 || filled.some((each, index) => !each.startsWith(`${index + 1}. `))) {
		at(line, 'summary.lines', ':::summary 应当恰好是三行有序列表');
	}
}

function checkLinks({ content }: Parsed<LessonContent>, around: Surroundings, at: At): void {
	for (const { text, href, isImage, line } of linksIn(content.body)) {
		if (isImage) checkImage(text, href, around, (code, message) => at(line, code, message));
		else if (href.startsWith('statute:')) {
			const fault = checkReferenceText(text, href.slice('statute:'.length), around.statute, around.shelf);
			if (fault) at(line, fault.code, fault.message);
		} else if (href.startsWith('lesson:') || href.startsWith('#')) {
			const [id = '', anchor] = href.replace(/^lesson:/, '').split('#');
			const lessonId = href.startsWith('#') ? content.id : id;
			if (!around.anchors.has(lessonId)) at(line, 'lesson.unknown', `本课程没有 ${id} 这一课`);
			else if (anchor && around.anchors.get(lessonId)?.has(decode(anchor)) === false) {
				at(line, 'anchor.unknown', `${lessonId} 没有 #${anchor} 这个标题`);
			}
			if (!text.trim()) at(line, 'link.text', '链接没有文字');
		} else if (!href.startsWith('https://')) {
			at(line, 'link.address', `链接地址 ${href} 不认识：只有 statute:、lesson:、# 和 https://`);
		}
	}
}

function decode(anchor: string): string {
	try {
		return decodeURIComponent(anchor);
	} catch {
		return anchor;
	}
}

function checkImage(alt: string, href: string, { images }: Surroundings, at: (code: string, message: string) => void): void {
	if (!alt.trim()) at('image.alt', `图片 ${href} 要写替代文字`);
	if (!images.includes(href)) at('image.missing', `课程文件夹里没有图片 ${href}`);
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
			at(linkLine + content.bodyLine - 1, 'articles.unlisted', `正文链接到 ${address}，articles（第 ${line} 行起）没有列它`);
		}
	}
}

/** Anchors of a lesson's headings. */
export const anchorsOf = (body: string, courseId: string): Set<string> =>
	new Set(renderMarkdown(body, courseId).toc.map(({ id }) => id));
