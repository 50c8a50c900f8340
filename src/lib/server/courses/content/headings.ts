/** A heading of a lesson as its table of contents shows it. */
export interface Heading {
	/** The id of the heading's element. */
	id: string;
	/** 2 to 4. */
	level: number;
	text: string;
}

/** Gives each heading an anchor made of its words; a repeated one gets a number. */
export function anchors(): (text: string) => string {
	const used = new Set<string>();
	return (text) => {
		const words =
			text
				.toLowerCase()
				.replace(/[^\p{L}\p{N}]+/gu, '-')
				.replace(/^-|-$/g, '') || 'section';
		let anchor = words;
		for (let count = 2; used.has(anchor); count += 1) anchor = `${words}-${count}`;
		used.add(anchor);
		return anchor;
	};
}
