import type { State } from '#lib/components/ui/Status.svelte';
import { m } from '#lib/paraglide/messages.js';
import type { Band, ComponentKind, Grade, MinimumKind, VetoKind } from '#lib/schemas/assessments.ts';

type Words<Key extends string> = Record<Key, () => string>;

export type CycleState =
	'open' | 'drafting' | 'drafted' | 'unit-review' | 'hr-review' | 'published' | 'signed' | 'closed';

export const bandWords: Words<Band> = {
	excellent: m.assessments_band_excellent,
	good: m.assessments_band_good,
	qualified: m.assessments_band_qualified,
	'not-qualified': m.assessments_band_not_qualified
};

/** A band of the annual result in the reader's language. */
export const bandName = (band: Band): string => bandWords[band]();

/** 年度考核等次. */
export const gradeWords: Words<Grade> = {
	excellent: m.assessments_grade_excellent,
	competent: m.assessments_grade_competent,
	'basically-competent': m.assessments_grade_basically_competent,
	incompetent: m.assessments_grade_incompetent
};

export const stateWords: Words<CycleState> = {
	open: m.assessments_state_open,
	drafting: m.assessments_state_drafting,
	drafted: m.assessments_state_drafted,
	'unit-review': m.assessments_state_unit_review,
	'hr-review': m.assessments_state_hr_review,
	published: m.assessments_state_published,
	signed: m.assessments_state_signed,
	closed: m.assessments_state_closed
};
export const stateShapes: Record<CycleState, State> = {
	open: 'none',
	drafting: 'going',
	drafted: 'going',
	'unit-review': 'going',
	'hr-review': 'going',
	published: 'soon',
	signed: 'done',
	closed: 'done'
};

export const componentWords: Words<ComponentKind> = {
	exam: m.assessments_part_exam,
	checks: m.assessments_part_checks,
	courses: m.assessments_part_courses,
	'unit-mark': m.assessments_part_unit_mark,
	hours: m.assessments_part_hours,
	attendance: m.assessments_part_attendance
};
export const minimumWords: Words<MinimumKind> = {
	hours: m.assessments_minimum_hours,
	attendance: m.assessments_minimum_attendance
};
export const vetoWords: Words<VetoKind> = {
	absent: m.assessments_veto_absent,
	failed: m.assessments_veto_failed,
	'failed-after-make-up': m.assessments_veto_failed_after_make_up,
	'passed-by-make-up': m.assessments_veto_passed_by_make_up,
	'courses-open': m.assessments_veto_courses_open,
	'promotion-overdue': m.assessments_veto_promotion_overdue,
	'unit-below': m.assessments_veto_unit_below
};
export const takeWords = { best: m.assessments_take_best, last: m.assessments_take_last };

/** A limit of a result (`minimum:hours`, `veto:absent`) in words. */
export function limitName(limit: string): string {
	const [sort, name] = limit.split(':');
	return sort === 'minimum' ? minimumWords[name as MinimumKind]() : vetoWords[name as VetoKind]();
}

export const stageWords = {
	'unit-review': m.assessments_state_unit_review,
	'hr-review': m.assessments_state_hr_review,
	objection: m.assessments_objection
};
export const objectionWords = {
	open: m.assessments_objection_open,
	upheld: m.assessments_objection_upheld,
	dismissed: m.assessments_objection_dismissed,
	withdrawn: m.assessments_objection_withdrawn
};
export const showWords = {
	all: m.assessments_show_all,
	limited: m.assessments_show_limited,
	adjusted: m.assessments_show_adjusted,
	objecting: m.assessments_show_objecting,
	amended: m.assessments_show_amended
};
