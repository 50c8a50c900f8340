import type { NumericContent } from '#lib/server/questions/content/parse-questions.ts';
import { numericKey, solve } from './numeric-key.ts';
import { scopeOf, type ParameterValues } from './parameters.ts';
import { formatRational } from './rational.ts';

/** What the placeholders of a numeric question's explanation stand for: parameters, steps and `answer`. */
export function numericValues(question: NumericContent, parameters: ParameterValues): Record<string, string> {
	const { scope, answer } = solve(numericKey(question), scopeOf(parameters));
	const values = Object.fromEntries([...scope].map(([name, value]) => [name, formatRational(value)]));
	return { ...values, answer: formatRational(answer) };
}
