import { leadershipLevels, type LeadershipLevel } from '#lib/schemas/people.ts';
import { addMonths, type CalendarDate } from '../platform/dates.ts';

/**
 * Whether a post makes a newly promoted leader: a promotion to a leading level above the one held before. A rise in 职级, a
 * sideways transfer, an acting or a concurrent post make none (公务员法 Art. 18, 19 keep the two ladders apart).
 */
export function isPromotion({
	kind,
	fromLevel,
	toLevel
}: {
	kind: string;
	fromLevel: string | null;
	toLevel: string | null;
}): boolean {
	if (kind !== 'promotion' || toLevel === null) return false;
	return fromLevel === null || heightOf(toLevel) > heightOf(fromLevel);
}

/** Last day of the training that a promotion brings: the same day so many months after the start in the new post. */
export const deadlineOf = (startsOn: CalendarDate, months: number): CalendarDate => addMonths(startsOn, months);

const heightOf = (level: string): number =>
	leadershipLevels.length - leadershipLevels.indexOf(level as LeadershipLevel);
