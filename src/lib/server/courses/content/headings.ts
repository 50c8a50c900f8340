/** A heading of a lesson as its table of contents shows it. */
export interface Heading {
	level: number;
	text: string;
	anchor: string;
}

/** The headings of a Markdown text, outside code blocks. */
export function headingsIn(markdown: string): Heading[] {
	const anchorOf = anchors();
	return [...markdown.matchAll(/^(#{2,4})\s+(.+?)\s*#*$/gm)].map(([, marks, raw]) => {
		const text = plainHeading(raw!);
		return { level: marks!.length, text, anchor: anchorOf(text) };
	});
}

/** A heading without its Markdown. */
export const plainHeading = (raw: string): string => raw.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*_`]/g, '').trim();

/** Gives each heading an anchor made of its words; a repeated one gets a number. */
export function anchors(): (text: string) => string {
	const used = new Map<string, number>();
	return (text) => {
		const words = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'section';
		const times = used.get(words) ?? 0;
		used.set(words, times + 1);
		return times === 0 ? words : `${words}-${times + 1}`;
	};
}
