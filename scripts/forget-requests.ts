import type { Plugin } from 'vite';

/*
 * Kit and Svelte define getters on an object of every request, and each getter sees nearly all of that request. V8 then frees
 * it by a full collection only: every small one moved 6.2 of 49 MB to the old generation, and moves 2.7 where the same getters
 * stand on a class, or are values, as here (`--trace-gc-nvp`, the lesson page at 8 connections). Whoever updates Kit or
 * Svelte and meets the error below looks whether this is still needed.
 */
const mended: { file: string; parts: [from: string, to: string][]; added?: string }[] = [
	{
		file: '@sveltejs/kit/src/utils/url.js',
		parts: [
			['const tracked = new URL(url);', 'const tracked = new TrackedUrl(url, callback);'],
			[`['href', 'pathname', 'search', 'toString', 'toJSON']`, '[]'],
			['disable_hash(tracked);', '']
		],
		added: `
class TrackedUrl extends URL {
	#url;
	#note;
	constructor(url, note) {
		super(url);
		this.#url = url;
		this.#note = note;
	}
	get href() { this.#note(); return this.#url.href; }
	get pathname() { this.#note(); return this.#url.pathname; }
	get search() { this.#note(); return this.#url.search; }
	get hash() { throw new Error('Cannot access event.url.hash. Consider using \`page.url.hash\` inside a component instead'); }
	toString() { this.#note(); return this.#url.toString(); }
	toJSON() { this.#note(); return this.#url.toJSON(); }
}`
	},
	{
		file: 'svelte/src/legacy/legacy-server.js',
		parts: [
			['get: () => result.head', 'value: result.head'],
			['get: () => result.body', 'value: result.body']
		]
	}
];

/** Lets the server forget a request as soon as it has been answered. */
export const forgetRequests = (): Plugin => ({
	name: 'mingfa-forget-requests',
	apply: 'build',
	transform(code, id, options) {
		const mending = options?.ssr && mended.find(({ file }) => id.endsWith(file));
		if (!mending) return undefined;
		let said = code;
		for (const [from, to] of mending.parts) {
			if (!said.includes(from)) throw new Error(`${id} no longer says “${from}”: see scripts/forget-requests.ts.`);
			said = said.replace(from, () => to);
		}
		return { code: said + (mending.added ?? ''), map: null };
	}
});
