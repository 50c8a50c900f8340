import path from 'node:path';
import type { Plugin } from 'vite';

const writer = path.resolve(import.meta.dirname, '../src/lib/server/web/write-data.ts');

/*
 * What Kit, Svelte and Paraglide do for every page and need not, mended as the application is built. Whoever updates one of them
 * and meets the error below looks whether this is still needed.
 *
 * Kit and Svelte define getters on an object of every request, and each getter sees nearly all of that request. V8 then frees
 * it by a full collection only: every small one moved 6.2 of 49 MB to the old generation, and moves 2.7 where the same getters
 * stand on a class, or are values, as here (`--trace-gc-nvp`, the lesson page at 8 connections).
 *
 * Kit has the data of each page written by devalue, which is ready for anything, where nearly all of it is plain. It sums up
 * each page for an ETag that never returns, as every page has a nonce of its own and is not to be stored, and asks the system
 * for the sixteen bytes of each nonce by themselves. Svelte walks through all that was rendered in search of what is to be
 * cleaned up, of which a page has nothing. Paraglide builds the rules of the plural anew for each message with a number, which
 * takes longer than the rest of the message.
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
	},
	{
		file: '@sveltejs/kit/src/runtime/server/page/render.js',
		parts: [['headers.set(\'etag\', `"${hash(transformed)}"`);', '']]
	},
	{
		file: '@sveltejs/kit/src/runtime/server/page/data_serializer.js',
		parts: [
			[
				'strings[i] = devalue.uneval(payload, get_replacer(i));',
				'const replacer = get_replacer(i);\n\t\t\t\tstrings[i] = writeData(payload, replacer) ?? devalue.uneval(payload, replacer);'
			]
		],
		added: `\nimport { writeData } from ${JSON.stringify(writer)};`
	},
	{
		file: '@sveltejs/kit/src/runtime/server/page/csp.js',
		parts: [['crypto.getRandomValues(array);', 'drawRandom(array);']],
		added: `
const pool = new Uint8Array(4096);
let drawn = pool.length;
function drawRandom(array) {
	if (drawn === pool.length) { crypto.getRandomValues(pool); drawn = 0; }
	array.set(pool.subarray(drawn, drawn + array.length));
	pool.fill(0, drawn, (drawn += array.length));
}`
	},
	{
		file: 'svelte/src/internal/server/renderer.js',
		parts: [
			['(this.#on_destroy ??= []).push(fn);', '(this.#on_destroy ??= []).push(fn), (this.global.cleans_up = true);'],
			['let first_error;', 'if (!this.global.cleans_up) return;\n\t\tlet first_error;']
		]
	},
	{
		file: 'src/lib/paraglide/registry.js',
		parts: [['new Intl.PluralRules(locale, options)', 'rulesOf(locale, options)']],
		added: `
const rules = new Map();
function rulesOf(locale, options) {
	const key = locale + (options?.type ?? '');
	let known = rules.get(key);
	if (!known) rules.set(key, (known = new Intl.PluralRules(locale, options)));
	return known;
}`
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
