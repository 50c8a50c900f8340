import type { HourCategory } from '#lib/schemas/hours.ts';
import { countsAs } from './counts-as.ts';
import { periodStart, type Profile, type Target } from './target-of.ts';

export type Entry = { year: number; category: HourCategory; source: 'course' | 'event' | 'external'; hours: number };

/** How somebody stands against a target: hours collected in its period until the end of the year asked for, and what is to be collected. */
export type Standing = { targetId: string; since: number; until: number; have: number; due: number; missing: number };

/**
 * Hours count in every target that asks for their category, or for any (`countsAs`). Whoever joined after the first year of a period owes the part of the years left.
 */
export function standingOf(
	target: Target,
	{ joinedYear }: Pick<Profile, 'joinedYear'>,
	entries: readonly Entry[],
	year: number
): Standing {
	const since = periodStart(target, year);
	const absent = Math.max(0, (joinedYear ?? since) - since);
	const due = tenths((target.hours * (target.years - absent)) / target.years);
	const have = tenths(
		entries
			.filter((entry) => since <= entry.year && entry.year <= year && countsAs(entry, target.category))
			.reduce((sum, { hours }) => sum + hours, 0)
	);
	return {
		...{ targetId: target.id, since, until: since + target.years - 1 },
		...{ have, due, missing: tenths(Math.max(0, due - have)) }
	};
}

/** Hours have one decimal, whatever binary fractions make of their sums. */
const tenths = (hours: number) => Math.round(hours * 10 + 1e-6) / 10;
