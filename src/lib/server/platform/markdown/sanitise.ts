import sanitizeHtml from 'sanitize-html';

const anchor = ['href', 'class', 'data-article', 'id', 'aria-label', 'aria-describedby', 'rel'];

const options: sanitizeHtml.IOptions = {
	allowedTags: [
		...['p', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'blockquote', 'pre', 'hr', 'br', 'section', 'div'],
		...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
		...['a', 'strong', 'em', 'del', 'code', 'sup', 'span', 'img', 'svg', 'path', 'circle']
	],
	allowedAttributes: {
		a: anchor,
		img: ['src', 'alt', 'title', 'loading'],
		h2: ['id', 'class'],
		h3: ['id'],
		h4: ['id'],
		li: ['id'],
		ol: ['start'],
		th: ['scope', 'align'],
		td: ['align'],
		p: ['class', 'aria-hidden'],
		section: ['class', 'aria-label'],
		div: ['class', 'role', 'aria-label', 'tabindex'],
		svg: ['class', 'viewBox', 'aria-hidden'],
		path: ['d'],
		circle: ['cx', 'cy', 'r']
	},
	allowedSchemes: ['https'],
	allowedSchemesByTag: { img: [] },
	allowProtocolRelative: false,
	parser: { lowerCaseAttributeNames: false }
};

/** Keeps of rendered Markdown what our own renderers produce, and nothing that could run. */
export const sanitise = (html: string): string => sanitizeHtml(html, options);

const blockEnd = /<\/(?:p|h[2-4]|li|tr|div|section|blockquote|pre)>/g;
const cellEnd = /<\/(?:th|td)>/g;

/** The words of rendered HTML for searching: one line a block, hidden labels left out. */
export function plainText(html: string): string {
	const spaced = html
		.replace(/<p class="case__label"[^>]*>[^<]*<\/p>/g, '')
		.replace(cellEnd, '$& ')
		.replace(blockEnd, '$&\n');
	const text = sanitizeHtml(spaced, { allowedTags: [], allowedAttributes: {} });
	return decode(text)
		.split('\n')
		.map((line) => line.replace(/\s+/g, ' ').trim())
		.filter(Boolean)
		.join('\n');
}

const decode = (text: string) =>
	text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
