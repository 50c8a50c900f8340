import { m } from '#lib/paraglide/messages.js';
import type { FailureValues } from '../platform/errors.ts';
import type { Feature, Place } from '../questions/formats/format.ts';
import { errorMessage } from './error-message.ts';

const messages = m as unknown as Record<string, (values?: object) => string>;

/** Why a question was refused, in the reader's language. A question of a case says which one it is. */
export function reasonInWords({ code, values }: { code: string; values?: FailureValues | undefined }): string {
	const reason = errorMessage(code, values);
	return values?.part === undefined ? reason : m.formats_part({ number: values.part, reason });
}

/** What was left behind. */
export const featureInWords = (feature: Feature): string =>
	messages[`formats_feature_${feature.replaceAll('-', '_')}`]!();

/** Where something stands: the line, the name, or both. */
export function placeInWords({ line, item }: Place): string {
	const words = [line === undefined ? '' : m.formats_line({ line }), item ?? ''].filter((word) => word !== '');
	return words.join(' ') || '—';
}
