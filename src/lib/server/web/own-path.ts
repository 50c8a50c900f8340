/** A path on this site, for going back to; anything that would lead elsewhere becomes the start page. */
export function ownPath(path: string | null | undefined, here: URL): string {
	if (!path?.startsWith('/') || !URL.canParse(path, here)) return '/';

	const target = new URL(path, here);
	return target.origin === here.origin ? target.pathname + target.search + target.hash : '/';
}
