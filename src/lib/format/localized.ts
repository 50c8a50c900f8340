import { getLocale } from '#lib/paraglide/runtime.js';

/** A text in both languages of the platform. */
export type Localized = { 'zh-CN': string; en: string };

/** The text in the reader's language. */
export const localized = (text: Localized, locale = getLocale()): string => text[locale];
