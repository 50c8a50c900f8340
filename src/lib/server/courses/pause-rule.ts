const minute = 60_000;
const firstPause = 10 * minute;
const longestPause = 24 * 60 * minute;

/**
 * Until when a check cannot be tried again: after every second failure there is a pause to reread, at first of ten
 * minutes, then twice as long each time, up to a day. Null where no pause is due.
 * @param failedAt when the earlier tries at this lesson failed, in any order
 */
export function pauseUntil(failedAt: Date[]): Date | null {
	const pauses = failedAt.length / 2;
	if (failedAt.length === 0 || !Number.isInteger(pauses)) return null;

	const last = Math.max(...failedAt.map((instant) => instant.getTime()));
	return new Date(last + Math.min(firstPause * 2 ** (pauses - 1), longestPause));
}
