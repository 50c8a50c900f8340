import * as v from 'valibot';
import { caseQuery } from '#lib/schemas/promotions.ts';
import { demand } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { listUnitChoices } from './queries.ts';

/** What the address of the tracker asks for: which cases, of which unit. @throws forbidden access.forbidden */
export async function readCaseFilter(ctx: Context, { searchParams }: URL) {
	demand(ctx, 'promotion:view');
	const { view, ...asked } = v.parse(
		caseQuery,
		Object.fromEntries(Object.keys(caseQuery.entries).map((name) => [name, searchParams.get(name) || null]))
	);
	const units = await listUnitChoices(ctx, asked.unit);
	const unit = units.find(({ id }) => id === asked.unit) ?? null;
	return { view, filter: { ...asked, unitPath: unit?.path ?? null }, unit, units };
}

export type ReadCases = Awaited<ReturnType<typeof readCaseFilter>>;
