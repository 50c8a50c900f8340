import type { Ability } from '../access/abilities.ts';
import type { Context } from '../platform/context.ts';
import { findUnits, listUnitChoices, type UnitChoices } from '../units/find-units.ts';

/**
 * The choices of a unit picker called `name`: what was looked for where no script could (`?<name>Q=`), else the list around
 * the unit that is chosen now.
 */
export async function unitChoicesFor(
	ctx: Context,
	query: URLSearchParams,
	name: string,
	ability: Ability,
	chosen?: string | null
): Promise<UnitChoices> {
	const q = query.get(`${name}Q`)?.trim();
	return q
		? { units: await findUnits(ctx, { q, ability }), complete: false }
		: listUnitChoices(ctx, ability, query.get(name) || chosen);
}

/** What a form shows before it is sent: what the address says (a search without a script sends the form there), else the defaults. */
export function initialValues(query: URLSearchParams, defaults: Record<string, string | null>): Record<string, string> {
	return Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, query.get(name) ?? value ?? '']));
}
