/** Answers that arrive up to so many seconds after the deadline are still taken: networks are slow when everybody hands in. */
export const graceSeconds = 120;

/** Whether the grace is over as well: nothing counts any more. */
export const isOver = (now: Date, deadlineAt: Date): boolean =>
	now.getTime() >= deadlineAt.getTime() + graceSeconds * 1000;

export interface OwnTime {
	/** The candidate's own window. */
	closesAt: Date;
	minutes: number;
	extraMinutes: number;
}

/**
 * When a sitting that starts now ends by itself: after its minutes or with the window, whichever comes first. Extra time is
 * added to both, so that nobody loses it by starting late.
 */
export function deadlineOf(now: Date, { closesAt, minutes, extraMinutes }: OwnTime): Date {
	const afterStart = now.getTime() + (minutes + extraMinutes) * 60_000;
	const afterClose = closesAt.getTime() + extraMinutes * 60_000;
	return new Date(Math.min(afterStart, afterClose));
}

/** The error for which somebody cannot enter now; undefined where they can. */
export function entryRefusal(
	now: Date,
	{
		opensAt,
		closesAt,
		entryMinutes,
		extraMinutes
	}: { opensAt: Date; closesAt: Date; entryMinutes: number | null; extraMinutes: number }
): 'exam.not-open' | 'exam.entry-closed' | 'exam.closed' | undefined {
	if (now < opensAt) return 'exam.not-open';
	if (now.getTime() >= closesAt.getTime() + extraMinutes * 60_000) return 'exam.closed';
	if (entryMinutes !== null && now.getTime() >= opensAt.getTime() + entryMinutes * 60_000) return 'exam.entry-closed';
	return undefined;
}
