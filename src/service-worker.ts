/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />

/*
 * Keeps the paper that somebody sits, and nothing else: pages of /exams/…/sit come from the network, and from the last copy
 * where there is no network; the files that such a page loads never change under their names. No other page is ever kept.
 */
const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const pages = 'sittings';
const files = 'sitting-files';

const isSitting = (pathname: string) => /^\/exams\/[^/]+\/sit$/.test(pathname);
const isFile = (pathname: string) => pathname.startsWith('/_app/immutable/');

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const { origin, pathname } = new URL(request.url);
	if (request.method !== 'GET' || origin !== worker.location.origin) return;
	if (request.mode === 'navigate' && isSitting(pathname)) event.respondWith(networkFirst(request, pathname));
	else if (isFile(pathname)) event.respondWith(fileFirst(request));
});

worker.addEventListener('message', (event) => {
	const { keep, files: paths } = event.data as { keep: string; files: string[] };
	if (isSitting(keep)) event.waitUntil(Promise.all([keepPage(keep), keepFiles(paths.filter(isFile))]));
});

async function networkFirst(request: Request, pathname: string): Promise<Response> {
	try {
		const response = await fetch(request);
		await keepCopy(pathname, response);
		return response;
	} catch (error) {
		const kept = await caches.match(pathname, { cacheName: pages });
		if (kept) return kept;
		throw error;
	}
}

/** A page that was not redirected elsewhere, such as to the sign-in. */
async function keepCopy(pathname: string, response: Response): Promise<void> {
	const isPage = response.ok && !response.redirected && response.headers.get('content-type')?.includes('text/html');
	if (isPage) await (await caches.open(pages)).put(pathname, response.clone());
}

async function keepPage(pathname: string): Promise<void> {
	const response = await fetch(pathname, { headers: { accept: 'text/html' } });
	await keepCopy(pathname, response);
}

async function fileFirst(request: Request): Promise<Response> {
	return (await caches.match(request, { cacheName: files })) ?? fetch(request);
}

/** Exactly the files of the latest page: those of earlier versions go. */
async function keepFiles(paths: string[]): Promise<void> {
	const cache = await caches.open(files);
	const kept = await cache.keys();
	const wanted = new Set(paths);
	await Promise.all(
		kept.filter(({ url }) => !wanted.has(new URL(url).pathname)).map((request) => cache.delete(request))
	);
	const has = new Set(kept.map(({ url }) => new URL(url).pathname));
	await cache.addAll(paths.filter((path) => !has.has(path)));
}
