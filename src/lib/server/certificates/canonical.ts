/**
 * JSON in the one form that can be signed: keys in order, no blanks (RFC 8785). Its rules for text and numbers are those of
 * ECMAScript, so that `JSON.stringify` writes them. What is undefined is left out.
 */
export function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map((each) => canonical(each ?? null)).join(',')}]`;
	if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
	const entries = Object.entries(value)
		.filter(([, each]) => each !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}
