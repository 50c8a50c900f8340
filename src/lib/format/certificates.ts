/** A code in groups of four, as it is printed: 7F3A-91C2-08DE-K4TN. */
export const groupedCode = (code: string): string => code.match(/.{4}/g)?.join('-') ?? code;

/** The wording of a template in parts: what stands there, and what was filled in. Words in braces that have no value stay as they are. */
export function wordingParts(
	text: string,
	values: Record<string, string | undefined>
): { text: string; field: string | null }[] {
	return text
		.split(/(\{\w+\})/)
		.filter((part) => part !== '')
		.map((part) => {
			const field = /^\{(\w+)\}$/.exec(part)?.[1];
			const value = field === undefined ? undefined : values[field];
			return value === undefined ? { text: part, field: null } : { text: value, field: field ?? null };
		});
}

/** The same as one text. */
export const filledWording = (text: string, values: Record<string, string | undefined>): string =>
	wordingParts(text, values)
		.map((part) => part.text)
		.join('');
