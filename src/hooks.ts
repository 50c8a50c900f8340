import type { Transport } from '@sveltejs/kit';
import { InPage, readInPage } from '#lib/format/in-page.ts';

/** How what is neither plain nor a date goes from `load` on the server to the page in the browser. */
export const transport: Transport = {
	InPage: {
		encode: (value) => value instanceof InPage && value.id,
		decode: readInPage
	}
};
