import type { State } from '#lib/components/ui/Status.svelte';
import { m } from '#lib/paraglide/messages.js';
import type { entryStates, entryWays } from '#lib/schemas/paper-entry.ts';

type EntryState = (typeof entryStates)[number];

/** Where a printed paper stands. */
export const entryStateWords: Record<EntryState, () => string> = {
	waiting: m.exams_entry_state_waiting,
	entered: m.exams_entry_state_entered,
	'being-sat': m.exams_entry_state_being_sat,
	'sat-online': m.exams_entry_state_sat_online
};

export const entryShapes: Record<EntryState, State> = {
	waiting: 'none',
	entered: 'done',
	'being-sat': 'going',
	'sat-online': 'done'
};

/** What is entered of a printed paper. */
export const entryWayWords: Record<(typeof entryWays)[number], () => string> = {
	answers: m.exams_entry_way_answers,
	questions: m.exams_entry_way_questions,
	sections: m.exams_entry_way_sections
};
