import { m } from '#lib/paraglide/messages.js';

/** What a question may be drawn for, in words. */
export const useNames = {
	practice: m.questions_use_practice,
	exam: m.questions_use_exam,
	both: m.questions_use_both
};

/** Whose exams may draw a question, in words. */
export const reachNames = { own: m.questions_reach_own, below: m.questions_reach_below };

export const stateNames = {
	unpublished: m.questions_state_unpublished,
	published: m.questions_state_published,
	retired: m.questions_state_retired
};

export const draftNames = {
	draft: m.questions_draft_draft,
	'in-review': m.questions_draft_in_review,
	returned: m.questions_draft_returned
};

export const facilityNames = {
	hard: m.questions_facility_hard,
	middle: m.questions_facility_middle,
	easy: m.questions_facility_easy,
	unknown: m.questions_facility_unknown
};

export const usedNames = {
	never: m.questions_used_never,
	year: m.questions_used_year,
	earlier: m.questions_used_earlier
};

/** The five steps of difficulty, as they may be chosen. */
export const difficulties = () =>
	[1, 2, 3, 4, 5].map((step) => ({ value: String(step), label: m.questions_difficulty_step({ step }) }));
