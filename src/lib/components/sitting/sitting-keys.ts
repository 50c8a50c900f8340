const writing = 'textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable]';

/** What a key asks for; nothing while somebody types or a key goes with another. */
export function askedByKey(event: KeyboardEvent): 'next' | 'previous' | 'flag' | 'help' | undefined {
	if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return undefined;
	if (event.target instanceof Element && event.target.closest(writing)) return undefined;
	const asked = { n: 'next', p: 'previous', m: 'flag', '?': 'help' } as const;
	return asked[event.key.toLowerCase() as keyof typeof asked];
}
