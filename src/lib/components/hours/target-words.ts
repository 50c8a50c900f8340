import { establishmentNames } from '#lib/format/posts.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Grade } from '#lib/schemas/hours.ts';
import type { Establishment } from '#lib/schemas/people.ts';
import type { HourTarget } from '#lib/server/hours/targets.ts';
import { formatHours, gradeNames } from './hours-words.ts';

/** Whom a target means: “厅局级、县处级；行政编制；职务或单位含“执法”“监察””. */
export function whoOf({ grades, establishments, words }: HourTarget): string {
	const parts = [
		grades.map((grade) => gradeNames[grade as Grade]()).join(m.hours_between()),
		establishments.map((each) => establishmentNames[each as Establishment]()).join(m.hours_between()),
		words.length > 0 ? m.hours_target_with_words({ words: words.join(m.hours_between()) }) : ''
	].filter(Boolean);
	return parts.length > 0 ? parts.join(m.hours_between_parts()) : m.hours_target_everybody();
}

/** “每年90学时”, “每5年550学时”. */
export const amountOf = ({ years, hours }: HourTarget): string =>
	years === 1
		? m.hours_target_yearly({ hours: formatHours(hours) })
		: m.hours_target_of_years({ years, hours: formatHours(hours) });

/** From which year, until which. */
export function validityOf({ validFrom, validUntil }: HourTarget): string {
	if (validUntil === null) return m.hours_target_from({ from: validFrom });
	if (validUntil < validFrom) return m.hours_target_never();
	return m.hours_target_between({ from: validFrom, until: validUntil });
}
