import { Marked } from 'marked';
import { chineseEmphasis } from '#lib/server/platform/markdown/chinese-emphasis.ts';
import { escapeHtml } from '#lib/server/platform/markdown/escape.ts';
import { sanitise } from '#lib/server/platform/markdown/sanitise.ts';
import { referenceLink } from './reference-link.ts';

const inline = new Marked(chineseEmphasis, {
	renderer: {
		html: ({ text }) => escapeHtml(text),
		image: ({ text }) => escapeHtml(text),
		link({ href, tokens }) {
			const inner = this.parser.parseInline(tokens);
			return referenceLink(href, inner) ?? inner;
		}
	}
});

/**
 * Renders one paragraph of Markdown: emphasis and references to articles, nothing else.
 * For stems, explanations and reasons of questions. Placeholders such as `{wage}` come through unchanged.
 */
export const renderInline = (markdown: string): string =>
	sanitise(inline.parseInline(markdown.toWellFormed(), { async: false }));
