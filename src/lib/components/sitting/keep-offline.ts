/**
 * Lets the service worker keep this page and its files, so that it opens again without a connection. Browsers have service
 * workers on secure addresses only; elsewhere the page must stay open while the connection is away.
 * @param scope below which pages the worker serves
 */
export async function keepOffline(scope: '/exams/' | '/manage/events/' = '/exams/'): Promise<void> {
	if (!('serviceWorker' in navigator)) return;
	try {
		await navigator.serviceWorker.register('/service-worker.js', { scope, type: 'module' });
		const { active } = await navigator.serviceWorker.ready;
		const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
		const files = loaded.filter(({ pathname }) => pathname.startsWith('/_app/')).map(({ pathname }) => pathname);
		active?.postMessage({ keep: location.pathname, files: [...new Set(files)] });
	} catch {
		// Refused by the browser's settings: everything else works without it.
	}
}

/** Resolves to whether the worker has the page. */
export const isKeptOffline = async (): Promise<boolean> =>
	'caches' in globalThis && (await caches.match(location.pathname)) !== undefined;
