/** What a form says: a text, or one text for each row. */
export type FormValues = Record<string, unknown>;

export const textOf = (values: FormValues, name: string): string => String(values[name] ?? '');
export const listOf = (values: FormValues, name: string): string[] => [values[name] ?? []].flat().map(String);

/** How many rows stand open: those that say something, and one more to go on; never less than `least`. */
export const openRows = (filled: number, least: number, most: number): number =>
	Math.min(most, Math.max(least, filled + 1));
