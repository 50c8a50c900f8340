import type { AssessmentComponents } from '#db/schema/assessments.ts';
import type { Band } from '#lib/schemas/assessments.ts';

/** Thresholds of a year, as the settings page states them. Scores and weights in percent, hours in training hours. */
export type Scheme = { qualifiedFrom: number; excellentFrom: number; coursesWeight: number; minimumHours: number };

/** Where nothing else has been decided for a year. */
export const defaultScheme: Scheme = { qualifiedFrom: 60, excellentFrom: 90, coursesWeight: 60, minimumHours: 0 };

/** What a person did in a year. Checks: the last try at each lesson, its questions and the right answers. */
export type Facts = Pick<
	AssessmentComponents,
	'requiredCourses' | 'completedCourses' | 'completedOnTime' | 'checksAnswered' | 'checksCorrect' | 'hours'
>;

export type Proposal = { band: Band; score: number; components: AssessmentComponents };

/**
 * The annual result that the rule proposes; undefined for people who owed nothing and answered nothing, who have none.
 *
 * Score = weight × completed required courses in percent + (100 − weight) × right answers in percent; where one of the two is
 * missing, the other counts alone. Rounded half up to two decimals, then compared. Excellent asks besides that every required
 * course is completed. Training hours add nothing to the score: below the minimum nobody is qualified (国办函〔2026〕12号).
 */
export function propose(facts: Facts, scheme: Scheme): Proposal | undefined {
	const coursesScore = share(facts.completedCourses, facts.requiredCourses);
	const checksScore = share(facts.checksCorrect, facts.checksAnswered);
	if (coursesScore === null && checksScore === null) return undefined;

	const weight = coursesScore === null ? 0 : checksScore === null ? 100 : scheme.coursesWeight;
	const score = rounded((weight * (coursesScore ?? 0) + (100 - weight) * (checksScore ?? 0)) / 100);

	const reasons: string[] = [];
	const incomplete = facts.completedCourses < facts.requiredCourses;
	if (facts.hours < scheme.minimumHours) reasons.push('hours-below-minimum');
	if (score < scheme.qualifiedFrom) reasons.push('score-below-qualified');
	if (reasons.length === 0 && score >= scheme.excellentFrom && incomplete) reasons.push('courses-open');

	const components = { ...facts, coursesScore: coursesScore ?? 0, checksScore, reasons };
	return { band: bandOf(score, incomplete, reasons, scheme), score, components };
}

function bandOf(score: number, incomplete: boolean, reasons: string[], scheme: Scheme): Band {
	if (reasons.includes('hours-below-minimum') || reasons.includes('score-below-qualified')) return 'not-qualified';
	return score >= scheme.excellentFrom && !incomplete ? 'excellent' : 'qualified';
}

/** Part of a whole in percent, to two decimals; null where there is no whole. */
const share = (part: number, whole: number): number | null => (whole === 0 ? null : rounded((part * 100) / whole));

/** Half up to two decimals. The nudge undoes what binary fractions do to x.xx5. */
const rounded = (value: number): number => Math.round((value + Number.EPSILON * 100) * 100) / 100;
