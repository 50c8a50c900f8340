import { Marked } from 'marked';
import { chineseEmphasis } from '../platform/markdown/chinese-emphasis.ts';
import { escapeHtml } from '../platform/markdown/escape.ts';
import { sanitise } from '../platform/markdown/sanitise.ts';
import { referenceLink } from '../statutes/content/reference-link.ts';

const marked = new Marked(chineseEmphasis, {
	breaks: true,
	renderer: {
		html: ({ text }) => escapeHtml(text),
		image: ({ text }) => escapeHtml(text),
		heading({ tokens, depth }) {
			const level = Math.min(Math.max(depth + 2, 3), 4);
			return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
		},
		link({ href, tokens }) {
			const inner = this.parser.parseInline(tokens);
			return referenceLink(href, inner) ?? inner;
		}
	}
});

/** What an event is about, or its minutes, from Markdown: headings, lists, emphasis, references to articles. No pictures, no links that lead away. */
export const renderContent = (markdown: string): string =>
	sanitise(marked.parse(markdown.toWellFormed(), { async: false }));
