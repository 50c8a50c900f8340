import { getLocale } from '#lib/paraglide/runtime.js';

type Locale = ReturnType<typeof getLocale>;

/** A text that exists in both languages. */
export type Localized = Record<Locale, string>;

/** A text that exists in both languages, in the reader's. */
export const localized = (text: Localized, locale: Locale = getLocale()): string => text[locale];
