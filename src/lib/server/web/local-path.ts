/** Where to go after signing in: a path of this site and nothing else; Today where none was asked for. */
export function localPath(next: string | null): string {
	if (!next?.startsWith('/')) return '/today';
	const { origin, pathname, search } = new URL(next, 'http://here');
	return origin === 'http://here' ? pathname + search : '/today';
}
