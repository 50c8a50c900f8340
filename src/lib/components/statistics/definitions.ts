import { m } from '#lib/paraglide/messages.js';

/** How every figure of the statistics is counted, with its formula and source. */
export const definitions = [
	{ term: m.exams_due, text: m.statistics_define_due },
	{ term: m.exams_exempt, text: m.statistics_define_exempt },
	{ term: m.exams_sat, text: m.statistics_define_sat },
	{ term: m.exams_absent, text: m.statistics_define_absent },
	{ term: m.statistics_participation_rate, text: m.statistics_define_participation },
	{ term: m.statistics_pass_rate, text: m.statistics_define_pass },
	{ term: m.statistics_excellent_share, text: m.statistics_define_excellent },
	{ term: m.statistics_deviation, text: m.statistics_define_deviation },
	{ term: m.statistics_alpha, text: m.statistics_define_alpha },
	{ term: m.statistics_error, text: m.statistics_define_error },
	{ term: m.statistics_exposure, text: m.statistics_define_exposure },
	{ term: m.statistics_facility, text: m.statistics_define_facility },
	{ term: m.statistics_discrimination, text: m.statistics_define_discrimination },
	{ term: m.statistics_time, text: m.statistics_define_time },
	{ term: m.statistics_point_biserial, text: m.statistics_define_point_biserial },
	{ term: m.statistics_look_at, text: m.statistics_define_flags }
];
