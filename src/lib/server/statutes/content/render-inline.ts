import { Marked } from 'marked';
import { chineseEmphasis } from '#lib/server/platform/markdown/chinese-emphasis.ts';
import { escapeHtml } from '#lib/server/platform/markdown/escape.ts';
import { sanitise } from '#lib/server/platform/markdown/sanitise.ts';
import { referenceLink } from './reference-link.ts';

type Pictures = (name: string) => string;

const renderer = (pictures?: Pictures) =>
	new Marked(chineseEmphasis, {
		breaks: true,
		renderer: {
			html: ({ text }) => escapeHtml(text),
			image: ({ href, text }) =>
				pictures && /^[a-z0-9][a-z0-9.-]*$/.test(href)
					? `<img src="${escapeHtml(pictures(href))}" alt="${escapeHtml(text)}" loading="lazy">`
					: escapeHtml(text),
			link({ href, tokens }) {
				const inner = this.parser.parseInline(tokens);
				return referenceLink(href, inner) ?? inner;
			}
		}
	});
const withoutPictures = renderer();

/**
 * Renders one paragraph of Markdown: emphasis, references to articles and, where `pictures` knows their addresses by name,
 * pictures; nothing else.
 * For stems, explanations and reasons of questions. Placeholders such as `{wage}` come through unchanged.
 */
export const renderInline = (markdown: string, pictures?: Pictures): string =>
	sanitise(
		(pictures ? renderer(pictures) : withoutPictures).parseInline(markdown.toWellFormed(), { async: false }) as string
	);
