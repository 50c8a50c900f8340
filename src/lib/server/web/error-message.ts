import { m } from '#lib/paraglide/messages.js';
import type { FailureValues } from '../platform/errors.ts';

type Messages = Record<string, ((values: FailureValues) => string) | undefined>;

/** The sentence for a refusal in the reader's language: `check.already-open` is the message `error_check_already_open`. */
export function errorMessage(code: string, values: FailureValues = {}): string {
	const message = (m as unknown as Messages)[`error_${code.replace(/[.-]/g, '_')}`];
	return message ? message(values) : m.error_unexpected();
}
