import { localized, type Localized } from '#lib/format/localized.ts';
import { formatNumber } from '#lib/format/numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Grade, HourCategory } from '#lib/schemas/hours.ts';

export const categoryNames: Record<HourCategory, () => string> = {
	required: m.records_category_required,
	elective: m.records_category_elective,
	online: m.records_category_online,
	class: m.records_category_class
};

export const gradeNames: Record<Grade, () => string> = {
	department: m.hours_grade_department,
	division: m.hours_grade_division,
	section: m.hours_grade_section,
	staff: m.hours_grade_staff
};

/** Hours come in halves; whole ones are shown without a decimal. */
export const formatHours = (hours: number): string => formatNumber(hours, { digits: Number.isInteger(hours) ? 0 : 1 });

/** “处级及以上（2023—2027年）”: a target, and its period where that is more than the year. */
export const targetName = ({ name, since, until }: { name: Localized; since: number; until: number }): string =>
	since === until ? localized(name) : m.hours_target_over({ name: localized(name), since, until });

/** How a standing stands, in words. */
export const standingWords = ({ have, due, missing }: { have: number; due: number; missing: number }): string =>
	missing > 0
		? m.hours_standing_missing({ have: formatHours(have), due: formatHours(due), missing: formatHours(missing) })
		: m.hours_standing_met({ have: formatHours(have), due: formatHours(due) });
