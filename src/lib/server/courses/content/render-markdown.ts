import { Marked, type Token, type Tokens } from 'marked';
import markedFootnote from 'marked-footnote';
import { chineseEmphasis } from '#lib/server/platform/markdown/chinese-emphasis.ts';
import { escapeHtml } from '#lib/server/platform/markdown/escape.ts';
import { plainText, sanitise } from '#lib/server/platform/markdown/sanitise.ts';
import { referenceLink } from '#lib/server/statutes/content/reference-link.ts';
import { anchors, type Heading } from './headings.ts';
import { lessonBlocks } from './lesson-blocks.ts';

/** A lesson's text as pages show it, made once when the library is loaded. */
export interface RenderedLesson {
	/** Sanitised; references carry `data-article`. */
	html: string;
	toc: Heading[];
	/** The words alone, one line a block, for searching. */
	text: string;
}

/** The page of a lesson. */
export const lessonHref = (courseId: string, lessonId: string): string => `/courses/${courseId}/${lessonId}`;

/** Renders a lesson's Markdown. Links to lessons and pictures are those of the given course. */
export function renderMarkdown(markdown: string, courseId: string): RenderedLesson {
	const toc: Heading[] = [];
	const anchorOf = anchors();
	const footnotes = markedFootnote({
		description: '注释',
		headingClass: 'visually-hidden',
		backRefLabel: '回到正文的注 {0}'
	});
	const marked = new Marked(lessonBlocks, chineseEmphasis, footnotes, {
		renderer: {
			html: ({ text }) => escapeHtml(text),
			heading({ tokens, depth }) {
				const level = Math.min(Math.max(depth, 2), 4);
				const text = wordsOf(tokens).trim();
				const id = anchorOf(text);
				toc.push({ id, level, text });
				return `<h${level} id="${escapeHtml(id)}">${this.parser.parseInline(tokens)}</h${level}>\n`;
			},
			link({ href, tokens }) {
				return linkTo(href, this.parser.parseInline(tokens), courseId);
			},
			image: ({ href, text }) => picture(href, text, courseId),
			table({ header, rows }) {
				const cell = (each: Tokens.TableCell) => {
					const tag = each.header ? 'th' : 'td';
					const align = each.align ? ` align="${each.align}"` : '';
					const scope = each.header ? ' scope="col"' : '';
					return `<${tag}${scope}${align}>${this.parser.parseInline(each.tokens)}</${tag}>`;
				};
				const row = (cells: Tokens.TableCell[]) => `<tr>${cells.map(cell).join('')}</tr>\n`;
				const label = `表：${header.map(({ tokens }) => wordsOf(tokens)).join('、')}`;
				return `<div class="table-wrap" role="region" tabindex="0" aria-label="${escapeHtml(label)}"><table>\n<thead>\n${row(header)}</thead>\n<tbody>\n${rows.map(row).join('')}</tbody>\n</table></div>\n`;
			}
		}
	});
	const html = sanitise(marked.parse(markdown.toWellFormed(), { async: false }));
	return { html, toc, text: plainText(html) };
}

function linkTo(href: string, inner: string, courseId: string): string {
	const reference = referenceLink(href, inner);
	if (reference) return reference;
	const lesson = /^lesson:([a-z0-9-]+)(#.*)?$/.exec(href);
	if (lesson) return `<a href="${escapeHtml(lessonHref(courseId, lesson[1]!) + (lesson[2] ?? ''))}">${inner}</a>`;
	if (href.startsWith('#')) return `<a href="${escapeHtml(href)}">${inner}</a>`;
	return href.startsWith('https://') ? `<a href="${escapeHtml(href)}" rel="noreferrer">${inner}</a>` : inner;
}

function picture(href: string, alt: string, courseId: string): string {
	if (!/^[a-z0-9][a-z0-9.-]*$/.test(href)) return escapeHtml(alt);
	return `<img src="/courses/${escapeHtml(courseId)}/files/${href}" alt="${escapeHtml(alt)}" loading="lazy">`;
}

/** The words of inline tokens, without markup. */
function wordsOf(tokens: Token[]): string {
	return tokens
		.map((token) =>
			'tokens' in token && token.tokens ? wordsOf(token.tokens) : 'text' in token ? String(token.text) : ''
		)
		.join('');
}
