import { AsyncLocalStorage } from 'node:async_hooks';
import { type Locale, overwriteServerAsyncLocalStorage } from '#lib/paraglide/runtime.js';

type Speaking = { locale?: Locale; origin?: string; messageCalls?: Set<string> };

const speaking = new AsyncLocalStorage<Speaking>();
overwriteServerAsyncLocalStorage(speaking);

/** Does something in a language: messages, dates and numbers formatted meanwhile speak it. */
export const inLanguage = <Answer>(locale: Locale, act: () => Answer, origin?: string): Answer =>
	speaking.run({ locale, ...(origin ? { origin } : {}), messageCalls: new Set() }, act);
