import type { RequestEvent } from '@sveltejs/kit';
import { extractLocaleFromRequestWithStrategies, type Locale, strategy } from '#lib/paraglide/runtime.js';
import { inLanguage } from '../platform/speaking.ts';

/**
 * Answers a request in the language of whoever asks: messages formatted meanwhile speak it. Paraglide's own middleware also
 * copies every request with all that is uploaded, for addresses that hold a language, which ours do not.
 */
export function speakingTo<Answer>({ request, url }: RequestEvent, answer: (locale: Locale) => Answer): Answer {
	const locale = extractLocaleFromRequestWithStrategies(request, strategy, url);
	return inLanguage(locale, () => answer(locale), url.origin);
}
