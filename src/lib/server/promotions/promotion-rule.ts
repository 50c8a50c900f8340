import { leadershipLevels, type LeadershipLevel } from '#lib/schemas/people.ts';
import type { DueRule } from '#lib/schemas/programmes.ts';
import { addMonths, type CalendarDate } from '../platform/dates.ts';
import { dueDate } from '../programmes/requirements/due-date.ts';

/**
 * Whether a post makes a newly promoted leader: a promotion to a leading level above the one held before. A rise in 职级, a
 * sideways transfer, an acting or a concurrent post and a re-appointment in the same term make none (公务员法 Art. 18, 19 keep
 * the two ladders apart).
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

/**
 * By when something that a promotion brings is due: the same day so many months after the start in the new post, the day before
 * it, or as the rule says. What the rule cannot tell is due with everything else.
 */
export function deadlineOf(due: DueRule, startsOn: CalendarDate, months: number): CalendarDate {
	const dates = { joinedOn: null, promotedOn: startsOn, assignedOn: startsOn, completedOn: null, startsOn };
	return dueDate(due, { from: startsOn, to: null }, dates) ?? addMonths(startsOn, months);
}

const heightOf = (level: string): number =>
	leadershipLevels.length - leadershipLevels.indexOf(level as LeadershipLevel);
