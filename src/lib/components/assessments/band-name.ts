import { m } from '#lib/paraglide/messages.js';
import type { Band } from '#lib/schemas/assessments.ts';

/** A band of the annual result in the reader's language. */
export function bandName(band: Band): string {
	if (band === 'excellent') return m.assessments_band_excellent();
	return band === 'qualified' ? m.assessments_band_qualified() : m.assessments_band_not_qualified();
}
