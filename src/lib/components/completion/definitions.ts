import { m } from '#lib/paraglide/messages.js';

/** How every figure of the overview is counted. */
export const definitions = [
	{ term: m.completion_due, text: m.completion_define_due },
	{ term: m.completion_completed, text: m.completion_define_completed },
	{ term: m.completion_rate, text: m.completion_define_rate },
	{ term: m.completion_overdue, text: m.completion_define_overdue },
	{ term: m.completion_in_progress, text: m.completion_define_in_progress },
	{ term: m.completion_not_started, text: m.completion_define_not_started },
	{ term: m.completion_exempt, text: m.completion_define_exempt },
	{ term: m.completion_define_unit, text: m.completion_define_unit_text },
	{ term: m.completion_define_cut_off, text: m.completion_define_cut_off_text }
];
