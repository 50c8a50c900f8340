import { AsyncLocalStorage } from 'node:async_hooks';
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

/** Lets what is sent while it is being made go on in the language of whoever asked, after the request itself was answered. */
export function stillSpeaking<Part>(parts: AsyncIterable<Part>): AsyncIterable<Part> {
	const within = AsyncLocalStorage.snapshot();
	const iterator = parts[Symbol.asyncIterator]();
	return {
		[Symbol.asyncIterator]: () => ({
			next: () => within(() => iterator.next()),
			return: (value) => within(() => iterator.return?.(value) ?? Promise.resolve({ done: true as const, value }))
		})
	};
}
