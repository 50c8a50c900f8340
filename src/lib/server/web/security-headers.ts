/** Headers that every response carries; the content policy with its nonces is Kit's. */
export function secure(headers: Headers, requestId: string): void {
	headers.set('x-content-type-options', 'nosniff');
	headers.set('x-frame-options', 'DENY');
	if (!headers.has('referrer-policy')) headers.set('referrer-policy', 'same-origin');
	headers.set('cross-origin-opener-policy', 'same-origin');
	headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
	headers.set('x-request-id', requestId);
	if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-store');
}
