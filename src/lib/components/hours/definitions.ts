import { m } from '#lib/paraglide/messages.js';

/** How training hours are counted, term by term. */
export const hoursDefinitions = [
	{ term: m.hours_term_hours, text: m.hours_term_hours_text },
	{ term: m.hours_term_targets, text: m.hours_term_targets_text },
	{ term: m.hours_term_online, text: m.hours_term_online_text },
	{ term: m.hours_term_five, text: m.hours_term_five_text },
	{ term: m.hours_term_transfer, text: m.hours_term_transfer_text },
	{ term: m.hours_term_reversal, text: m.hours_term_reversal_text }
];
