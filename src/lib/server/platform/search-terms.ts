import { and, or, type AnyColumn, type SQL, sql } from 'drizzle-orm';

const longest = 100;
const most = 6;

/** The words of a search, without repeats: what stands between spaces. Chinese counts from one character on. */
export function termsOf(query: string): string[] {
	return [...new Set(query.slice(0, longest).normalize('NFKC').trim().split(/\s+/))].filter(Boolean).slice(0, most);
}

/** Every term occurs in at least one of the texts. Trigram indexes serve terms of three characters and more; shorter ones are looked for row by row. */
export function containsAll(terms: string[], ...texts: (AnyColumn | SQL)[]): SQL | undefined {
	return and(...terms.map((term) => or(...texts.map((text) => contains(text, term)))));
}

/** The text holds the term, letter case aside. Chinese has none: then every text is spared being folded, which costs most. */
export function contains(text: AnyColumn | SQL, term: string): SQL {
	const pattern = `%${term.replace(/[\\%_]/g, '\\$&')}%`;
	return term.toLowerCase() === term.toUpperCase() ? sql`${text} like ${pattern}` : sql`${text} ilike ${pattern}`;
}
