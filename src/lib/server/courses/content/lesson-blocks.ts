import type { MarkedExtension, Tokens } from 'marked';
import { escapeHtml } from '#lib/server/platform/markdown/escape.ts';

interface BlockToken extends Tokens.Generic {
	kind: 'case' | 'caution' | 'summary';
	title: string;
}

const infoIcon =
	'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8.5"></circle><path d="M12 11v5.5M12 7.7v.1"></path></svg>';

/** `:::case 标题`, `:::caution 标题` and `:::summary`, each ended by `:::` alone on a line. */
export const lessonBlocks: MarkedExtension = {
	extensions: [
		{
			name: 'lessonBlock',
			level: 'block',
			start: (src) => /^:::/m.exec(src)?.index,
			tokenizer(src) {
				const match = /^:::(case|caution|summary)[ \t]*([^\n]*)\n([\s\S]*?)\n:::[ \t]*(?:\n+|$)/.exec(src);
				if (!match) return undefined;
				const [raw, kind, title, content] = match;
				return { type: 'lessonBlock', raw, kind, title: title!.trim(), tokens: this.lexer.blockTokens(content!, []) };
			},
			renderer(token) {
				const { kind, title, tokens = [] } = token as BlockToken;
				const inner = this.parser.parse(tokens);
				if (kind === 'case') return ruled('案例', title, inner);
				if (kind === 'summary') return ruled('小结', '', inner);
				return `<div class="callout callout--soon" role="note" aria-label="${escapeHtml(title)}">${infoIcon}${heading(title)}${inner}</div>\n`;
			}
		}
	]
};

/** A section between two rules with its name written down the side. */
function ruled(label: string, title: string, inner: string): string {
	const name = title ? `${label}：${title}` : label;
	return `<section class="case" aria-label="${escapeHtml(name)}"><p class="case__label" aria-hidden="true">${label}</p><div>${heading(title)}${inner}</div></section>\n`;
}

const heading = (title: string) => (title ? `<p><strong>${escapeHtml(title)}</strong></p>\n` : '');
