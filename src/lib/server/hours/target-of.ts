import type { Grade, HourCategory } from '#lib/schemas/hours.ts';
import type { Establishment } from '#lib/schemas/people.ts';

export type Target = {
	id: string;
	grades: readonly string[];
	establishments: readonly string[];
	words: readonly string[];
	/** Calendar years of one period. */
	years: number;
	hours: number;
	category: HourCategory | null;
	validFrom: number;
	validUntil: number | null;
};

/** Somebody as they stood at the end of a year, or stand today. */
export type Profile = {
	grade: Grade;
	establishment: Establishment | null;
	title: string;
	unitName: string;
	/** The year in which they joined; null where the roster does not say. */
	joinedYear: number | null;
};

/** The targets that hold for somebody in a year: all that mean them, side by side. */
export const targetsOf = <Some extends Target>(targets: readonly Some[], profile: Profile, year: number): Some[] =>
	targets.filter((target) => holds(target, profile, year));

function holds(target: Target, { grade, establishment, title, unitName, joinedYear }: Profile, year: number): boolean {
	const { grades, establishments, words, validFrom, validUntil } = target;
	return (
		validFrom <= year &&
		year <= (validUntil ?? year) &&
		(joinedYear ?? year) <= year &&
		(grades.length === 0 || grades.includes(grade)) &&
		(establishments.length === 0 || (establishment !== null && establishments.includes(establishment))) &&
		(words.length === 0 || words.some((word) => title.includes(word) || unitName.includes(word)))
	);
}

/** The first year of the period of a target in which a year lies. */
export const periodStart = ({ validFrom, years }: Target, year: number): number =>
	validFrom + Math.floor((year - validFrom) / years) * years;
