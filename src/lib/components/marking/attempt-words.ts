import { m } from '#lib/paraglide/messages.js';

const states: Record<string, () => string> = {
	prepared: m.exams_candidate_waiting,
	open: m.exams_candidate_open,
	submitted: m.exams_candidate_submitted,
	marked: m.exams_candidate_marked,
	released: m.marking_state_released,
	voided: m.marking_state_voided
};

/** Where a paper stands. */
export const attemptWords = (state: string): string => states[state]?.() ?? state;

/** Something that a human may want to look at; nothing follows from it by itself. */
export function incidentWords(kind: string, count: number): string {
	switch (kind) {
		case 'focus-lost':
			return m.marking_incident_focus_lost({ count });
		case 'taken-over':
			return m.marking_incident_taken_over({ count });
		case 'unusually-fast':
			return m.marking_incident_unusually_fast({ count });
		case 'address-changed':
			return m.marking_incident_address_changed({ count });
		default:
			return m.marking_incident_resumed({ count });
	}
}
