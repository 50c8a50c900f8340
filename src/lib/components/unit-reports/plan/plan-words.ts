import { m } from '#lib/paraglide/messages.js';

/** The years of a plan: 2026, or 2026–2030. */
export const yearsOf = ({ fromYear, toYear }: { fromYear: number; toYear: number }): string =>
	fromYear === toYear ? m.plan_year({ year: fromYear }) : m.plan_years({ from: fromYear, to: toYear });

/** Units by their names, one after the other. */
export const namesOf = (units: readonly { part: string; name: string }[], part: 'lead' | 'assist'): string =>
	units
		.filter((unit) => unit.part === part)
		.map(({ name }) => name)
		.join(m.plan_comma());
