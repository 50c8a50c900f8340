import * as v from 'valibot';
import { locales } from '#lib/paraglide/runtime.js';

/** How this browser shows Mingfa. `auto` follows the system; `back` is the page to return to. */
export const preferences = v.object({
	theme: v.optional(v.picklist(['auto', 'light', 'dark'])),
	locale: v.optional(v.picklist(locales)),
	back: v.optional(v.string(), '/')
});
