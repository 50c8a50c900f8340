/**
 * The address of the same page with other query parameters: `withQuery(page.url, { sort: '-name', after: null })`.
 * null and '' take a parameter away; the rest of the query stays.
 */
export function withQuery(url: URL, changes: Record<string, string | number | null | undefined>): string {
	const query = new URLSearchParams(url.search);
	for (const [name, value] of Object.entries(changes)) {
		if (value === null || value === undefined || value === '') query.delete(name);
		else query.set(name, String(value));
	}
	return `${url.pathname}${query.size > 0 ? `?${query}` : ''}`;
}
