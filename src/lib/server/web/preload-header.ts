/** Proxies and clients give up at 8 to 16 kB of headers; a page of many small parts would come to that by its hints alone. */
const mostCharacters = 4_096;

/** Keeps as many preload hints as fit, the first ones. A part whose hint is left out is fetched when it is imported. */
export function boundPreloads(headers: Headers): void {
	const link = headers.get('link');
	if (!link || link.length <= mostCharacters) return;
	headers.set('link', link.slice(0, link.lastIndexOf(', ', mostCharacters)));
}
