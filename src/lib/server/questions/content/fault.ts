import type { Problem } from '#lib/server/platform/content/problem.ts';
import { report, type Source } from '#lib/server/platform/content/source.ts';
import { ExpressionError } from '#lib/server/questions/expression-error.ts';

/** Reports a fault of one question, at a line of its choice. @param values what the message names, for other languages */
export type Fault = (line: number, code: string, message: string, values?: Problem['values']) => void;

export const faultsOf =
	(source: Source, question: string): Fault =>
	(line, code, message, values) =>
		report(source, { line, code, message, question, ...(values && { values }) });

/** Does something with a formula; reports its fault if it has one. */
export function attempt<T>(act: () => T, line: number, fault: Fault, where = ''): T | undefined {
	try {
		return act();
	} catch (error) {
		if (!(error instanceof ExpressionError)) throw error;
		fault(line, 'formula.wrong', `算式有误：${error.message}${where}`, { ...error.values, fault: error.fault });
		return undefined;
	}
}
