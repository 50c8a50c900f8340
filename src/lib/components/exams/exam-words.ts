import type { State } from '#lib/components/ui/Status.svelte';
import { m } from '#lib/paraglide/messages.js';
import type { countings, examKinds, examStandings, layouts, multipleScorings, reviews } from '#lib/schemas/exams.ts';

type Standing = (typeof examStandings)[number];
type Words<Key extends string> = Record<Key, () => string>;

export const kindWords: Words<(typeof examKinds)[number]> = {
	exam: m.exams_kind_exam,
	'make-up': m.exams_kind_make_up,
	mock: m.exams_kind_mock
};

export const standingWords: Words<Standing> = {
	draft: m.exams_standing_draft,
	ahead: m.exams_standing_ahead,
	running: m.exams_standing_running,
	closed: m.exams_standing_closed,
	released: m.exams_standing_released,
	cancelled: m.exams_standing_cancelled
};

/** The shape that stands before the word. */
export const standingShapes: Record<Standing, State> = {
	draft: 'none',
	ahead: 'soon',
	running: 'going',
	closed: 'soon',
	released: 'done',
	cancelled: 'exempt'
};

export const countingWords: Words<(typeof countings)[number]> = {
	best: m.exams_counting_best,
	last: m.exams_counting_last,
	first: m.exams_counting_first,
	average: m.exams_counting_average
};

export const reviewWords: Words<(typeof reviews)[number]> = {
	nothing: m.exams_review_nothing,
	score: m.exams_review_score,
	answers: m.exams_review_answers,
	explanations: m.exams_review_explanations
};

export const scoringWords: Words<(typeof multipleScorings)[number]> = {
	'all-or-nothing': m.exams_scoring_all_or_nothing,
	'half-if-incomplete': m.exams_scoring_half,
	'per-option': m.exams_scoring_per_option
};

export const layoutWords: Words<(typeof layouts)[number]> = {
	'one-page': m.exams_layout_one_page,
	'one-question': m.exams_layout_one_question
};

/** A table of words as the options of a list. */
export const optionsOf = (words: Words<string>): { value: string; label: string }[] =>
	Object.entries(words).map(([value, label]) => ({ value, label: label() }));
