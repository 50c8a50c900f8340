const key = 'sitting';

/** Remembers for whom this device keeps a paper. */
export const rememberKeeping = (person: string): void => localStorage.setItem(key, person);

/** Whether this device may hold something of that person's papers. */
export const isKeeping = (person: string): boolean => localStorage.getItem(key) === person;

/**
 * Removes what a sitting has left on this device once its person is not signed in here any more: pages and receipts at once;
 * answers that wait to be sent when somebody else signs in, for the same person may still come back to send them.
 */
export function forgetSittings(person: string | undefined): void {
	const keptFor = localStorage.getItem(key);
	if (!keptFor || keptFor === person) return;
	for (const name of Object.keys(sessionStorage)) if (name.startsWith('sitting:')) sessionStorage.removeItem(name);
	if ('caches' in globalThis) void caches.delete('sittings');
	if (!person) return;
	indexedDB.deleteDatabase('mingfa-sitting');
	localStorage.removeItem(key);
}
