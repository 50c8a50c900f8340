/**
 * A long HTML text that a page shows as it stands, in the element of that id. A document carries it once, in the page itself:
 * what the browser takes over from the server names the element instead of repeating its text. See `transport` in src/hooks.ts.
 */
export class InPage {
	readonly id: string;
	readonly html: string;

	constructor(id: string, html: string) {
		this.id = id;
		this.html = html;
	}

	/** What `{@html}` writes on the server. */
	toString(): string {
		return this.html;
	}
}

/** The text, read back from the page in the browser. */
export const readInPage = (id: string): string => document.getElementById(id)?.innerHTML ?? '';
