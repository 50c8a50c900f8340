import { m } from '#lib/paraglide/messages.js';
import type { unitKinds } from '#lib/schemas/units.ts';

/** What a unit is. */
export const unitKindNames: Record<(typeof unitKinds)[number], () => string> = {
	province: m.units_kind_province,
	division: m.units_kind_division,
	city: m.units_kind_city,
	county: m.units_kind_county,
	institution: m.units_kind_institution
};
