import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestEvent } from '@sveltejs/kit';
import {
	extractLocaleFromRequestWithStrategies,
	type Locale,
	overwriteServerAsyncLocalStorage,
	strategy
} from '#lib/paraglide/runtime.js';

type Speaking = { locale?: Locale; origin?: string; messageCalls?: Set<string> };

const speaking = new AsyncLocalStorage<Speaking>();
overwriteServerAsyncLocalStorage(speaking);

/**
 * Answers a request in the language of whoever asks: messages formatted meanwhile speak it. Paraglide's own middleware also
 * copies every request with all that is uploaded, for addresses that hold a language, which ours do not.
 */
export function speakingTo<Answer>({ request, url }: RequestEvent, answer: (locale: Locale) => Answer): Answer {
	const locale = extractLocaleFromRequestWithStrategies(request, strategy, url);
	return speaking.run({ locale, origin: url.origin, messageCalls: new Set() }, () => answer(locale));
}
