import * as v from 'valibot';
import { caseQuery } from '#lib/schemas/promotions.ts';
import { can, demand } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { listUnitChoices } from '../units/find-units.ts';
import { findUnit } from '../units/queries.ts';

/** What the address of the tracker asks for: which cases, of which unit. @throws forbidden access.forbidden */
export async function readCaseFilter(ctx: Context, { searchParams }: URL) {
	demand(ctx, 'promotion:view');
	const { view, ...asked } = v.parse(
		caseQuery,
		Object.fromEntries(Object.keys(caseQuery.entries).map((name) => [name, searchParams.get(name) || null]))
	);
	const found = asked.unit ? await findUnit(ctx, asked.unit) : undefined;
	const unit = found && can(ctx.actor, 'promotion:view', found.path) ? found : null;
	const units = await listUnitChoices(ctx, 'promotion:view', unit?.id);
	return { view, filter: { ...asked, unitPath: unit?.path ?? null }, unit, units };
}

export type ReadCases = Awaited<ReturnType<typeof readCaseFilter>>;
