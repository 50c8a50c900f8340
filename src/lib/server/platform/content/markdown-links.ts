export interface MarkdownLink {
	text: string;
	href: string;
	isImage: boolean;
	/** Line within the text, counted from 1. */
	line: number;
}

const pattern = /(!?)\[([^[\]]*)\]\(([^()<>\s]*)\)/g;

/**
 * Every inline link and image of a Markdown text that is written plainly, in order. Whatever else Markdown takes for a
 * link (titles, definitions, addresses in angle brackets) is found by comparison with what was rendered.
 */
export function linksIn(markdown: string): MarkdownLink[] {
	return markdown.split('\n').flatMap((content, index) =>
		[...content.matchAll(pattern)].map(([, mark, text, href]) => ({
			text: text!,
			href: href!,
			isImage: mark === '!',
			line: index + 1
		}))
	);
}
