/** What a form gets back after a refusal: what was typed, what is wrong at which field, and what is wrong with the whole. */
export type FormFailure =
	{ values?: Record<string, unknown>; errors?: Record<string, string>; message?: string | null } | null | undefined;
