export type Presence = 'present' | 'partial' | 'leave' | 'absent';
export type Outcome = 'attended' | 'partial' | 'on-leave' | 'absent';

/**
 * What became of a participant, from the presence in every session (null where nobody noted any: not there).
 *
 * - Nothing attended: on leave where leave was given for any session, otherwise absent.
 * - Attended enough: in no session absent without leave, and what was missed with leave is within the limit. A session that
 *   was attended in part counts as half missed.
 * - Everything else is attended in part: it completes nothing, and earns a part of the hours (`creditedHours`).
 *
 * @param leaveLimit share of the sessions that may be missed with leave, such as 0.143 for one seventh
 */
export function attendanceOutcome(presences: readonly (Presence | null)[], leaveLimit: number): Outcome {
	const count = (wanted: Presence) => presences.filter((presence) => (presence ?? 'absent') === wanted).length;
	const [present, partial, leave, absent] = [count('present'), count('partial'), count('leave'), count('absent')];

	if (present + partial === 0) return leave > 0 ? 'on-leave' : 'absent';
	if (absent > 0) return 'partial';
	return leave + partial / 2 <= allowedLeave(presences.length, leaveLimit) ? 'attended' : 'partial';
}

/**
 * The training hours that somebody earns: all of them where they attended enough; in part, the share of the sessions that they were
 * in, a session in part counting half, rounded down to a tenth of an hour; otherwise none.
 */
export function creditedHours(presences: readonly (Presence | null)[], leaveLimit: number, hours: number): number {
	const outcome = attendanceOutcome(presences, leaveLimit);
	if (outcome === 'attended') return hours;
	if (outcome !== 'partial') return 0;
	const there = presences.reduce(
		(sum, presence) => sum + (presence === 'present' ? 2 : presence === 'partial' ? 1 : 0),
		0
	);
	return Math.floor((Math.round(hours * 10) * there) / (2 * presences.length)) / 10;
}

/** Sessions that may be missed with leave. The limit is kept to three places: one seventh of 7 sessions is one. */
export const allowedLeave = (sessions: number, leaveLimit: number): number => sessions * leaveLimit;
