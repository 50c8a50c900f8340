import { linksIn } from '#lib/server/platform/content/markdown-links.ts';
import { checkReferenceText, checkRendered, type Shelf } from '#lib/server/statutes/content/check-reference.ts';
import type { At } from './check-lesson-blocks.ts';
import type { LessonContent } from './parse-lesson.ts';
import { renderMarkdown } from './render-markdown.ts';

/** What a lesson may point at. */
export interface Surroundings {
	/** The course's own statute, whose articles need no name before their number. */
	statute: string | undefined;
	shelf: Shelf;
	/** Anchors of every lesson that can be read, by lesson id, and nothing for those that cannot. */
	anchors: ReadonlyMap<string, ReadonlySet<string> | undefined>;
	images: readonly string[];
}

/** Links and pictures of a lesson's body. */
export function checkLinks(content: LessonContent, around: Surroundings, at: At): void {
	const written = linksIn(content.body).filter(({ href, isImage }) => !isImage && href.startsWith('statute:'));
	const { html } = renderMarkdown(content.body, '');
	for (const { code, message } of checkRendered(
		html,
		written.map(({ href }) => href.slice('statute:'.length))
	)) {
		at(1, code, message);
	}
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

function checkImage(
	alt: string,
	href: string,
	{ images }: Surroundings,
	at: (code: string, message: string) => void
): void {
	if (!alt.trim()) at('image.alt', `图片 ${href} 要写替代文字`);
	if (!images.includes(href)) at('image.missing', `课程文件夹里没有图片 ${href}`);
}
