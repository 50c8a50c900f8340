export type Presence = 'present' | 'partial' | 'leave' | 'absent';
export type Outcome = 'attended' | 'partial' | 'on-leave' | 'absent';

/**
 * What became of a participant, from the presence in every session (null where nobody noted any: not there).
 *
 * - Nothing attended: on leave where leave was given for any session, otherwise absent.
 * - Attended enough: in no session absent without leave, and what was missed with leave is within the limit. A session that
 *   was attended in part counts as half missed.
 * - Everything else is attended in part, and completes nothing.
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

/** Sessions that may be missed with leave. The limit is kept to three places: one seventh of 7 sessions is one. */
export const allowedLeave = (sessions: number, leaveLimit: number): number => sessions * leaveLimit;
