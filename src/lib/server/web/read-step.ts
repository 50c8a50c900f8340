import * as v from 'valibot';
import { errorMessage } from './error-message.ts';

/** The first step of an act in two: what the address says, what is wrong with it, and the input once nothing is. */
export type Step<Input> = { values: Record<string, string>; errors: Record<string, string>; input: Input | null };

/**
 * Reads the first step of an act in two, which a form sends by GET: nothing is decided yet, so it may be reloaded and sent on.
 * @param key the field by which the step is known to have been sent
 */
export function readStep<Schema extends v.GenericSchema>(
	schema: Schema,
	query: URLSearchParams,
	key: string,
	params: Record<string, string>
): Step<v.InferOutput<Schema>> {
	const values = Object.fromEntries(query);
	if (!query.has(key) || [...query.keys()].some((name) => name.endsWith('Q') && query.get(name)))
		return { values, errors: {}, input: null };

	const { success, output, issues } = v.safeParse(schema, { ...values, ...params });
	if (success) return { values, errors: {}, input: output };
	return {
		values,
		errors: Object.fromEntries(issues.map((issue) => [v.getDotPath(issue) ?? '', errorMessage(issue.message)])),
		input: null
	};
}
