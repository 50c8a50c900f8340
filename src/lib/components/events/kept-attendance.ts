/** Of the queue, by name: whoever signs out need not load it. */
const databaseName = 'mingfa-attendance';

const key = 'attendance';

/** Remembers for whom this device keeps attendance lists. */
export const rememberKeeping = (person: string): void => localStorage.setItem(key, person);

/**
 * Removes the lists, which hold names, once the person is not signed in here any more; notes that wait to be sent when somebody
 * else signs in, for the same person may still come back to send them.
 */
export function forgetAttendance(person: string | undefined): void {
	const keptFor = localStorage.getItem(key);
	if (!keptFor || keptFor === person) return;
	if ('caches' in globalThis) void caches.delete('attendance-lists');
	if (!person) return;
	indexedDB.deleteDatabase(databaseName);
	localStorage.removeItem(key);
}
