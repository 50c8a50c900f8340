const pattern = /\{([^{}]*)\}/g;

/** The names in braces in a text, in order. */
export const placeholdersIn = (text: string): string[] => [...text.matchAll(pattern)].map((match) => match[1]!);

/** Puts values in the place of `{name}`. Works on rendered HTML as well: values are plain numbers. */
export const fillPlaceholders = (text: string, values: Record<string, string>): string =>
	text.replace(pattern, (whole, name: string) => (Object.hasOwn(values, name) ? values[name]! : whole));
