const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a request that changes something came from elsewhere: its Origin is another one, or the browser says so in
 * Sec-Fetch-Site. A request with neither header is no browser's form; without an Origin it is refused too.
 */
export function isForeign(request: Request, url: URL): boolean {
	if (safeMethods.includes(request.method)) return false;
	return request.headers.get('origin') !== url.origin;
}
