/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />

/*
 * Keeps the paper that somebody sits and the attendance list that somebody fills in, and nothing else: such pages come from the
 * network, and from the last copy where there is no network; the files that they load never change under their names. No other
 * page is ever kept.
 */
const worker = globalThis as unknown as ServiceWorkerGlobalScope;

type Kind = { of: RegExp; pages: string; files: string };
const kinds: Kind[] = [
	{ of: /^\/exams\/[^/]+\/sit$/, pages: 'sittings', files: 'sitting-files' },
	{ of: /^\/manage\/events\/[^/]+\/attendance$/, pages: 'attendance-lists', files: 'attendance-files' }
];

const kindOf = (pathname: string) => kinds.find(({ of }) => of.test(pathname));
const isFile = (pathname: string) => pathname.startsWith('/_app/immutable/');

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const { origin, pathname } = new URL(request.url);
	if (request.method !== 'GET' || origin !== worker.location.origin) return;
	const kind = kindOf(pathname);
	if (request.mode === 'navigate' && kind) event.respondWith(networkFirst(request, pathname, kind));
	else if (isFile(pathname)) event.respondWith(fileFirst(request));
});

worker.addEventListener('message', (event) => {
	const { keep, files: paths } = event.data as { keep: string; files: string[] };
	const kind = kindOf(keep);
	if (kind) event.waitUntil(Promise.all([keepPage(keep, kind), keepFiles(paths.filter(isFile), kind)]));
});

async function networkFirst(request: Request, pathname: string, kind: Kind): Promise<Response> {
	try {
		const response = await fetch(request);
		await keepCopy(pathname, response, kind);
		return response;
	} catch (error) {
		const kept = await caches.match(pathname, { cacheName: kind.pages });
		if (kept) return kept;
		throw error;
	}
}

/** A page that was not redirected elsewhere, such as to the sign-in. */
async function keepCopy(pathname: string, response: Response, { pages }: Kind): Promise<void> {
	const isPage = response.ok && !response.redirected && response.headers.get('content-type')?.includes('text/html');
	if (isPage) await (await caches.open(pages)).put(pathname, response.clone());
}

async function keepPage(pathname: string, kind: Kind): Promise<void> {
	const response = await fetch(pathname, { headers: { accept: 'text/html' } });
	await keepCopy(pathname, response, kind);
}

async function fileFirst(request: Request): Promise<Response> {
	for (const { files } of kinds) {
		const kept = await caches.match(request, { cacheName: files });
		if (kept) return kept;
	}
	return fetch(request);
}

/** Exactly the files of the latest page of its kind: those of earlier versions go. */
async function keepFiles(paths: string[], { files }: Kind): Promise<void> {
	const cache = await caches.open(files);
	const kept = await cache.keys();
	const wanted = new Set(paths);
	await Promise.all(
		kept.filter(({ url }) => !wanted.has(new URL(url).pathname)).map((request) => cache.delete(request))
	);
	const has = new Set(kept.map(({ url }) => new URL(url).pathname));
	await cache.addAll(paths.filter((path) => !has.has(path)));
}
