import type * as v from 'valibot';
import type * as schemas from '#lib/schemas/people.ts';
import { demand } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { listPeople } from './list-people.ts';

/** A person to choose: who it is, and what tells them from others of that name. */
export type PersonChoice = { id: string; name: string; staffNumber: string; unit: string | null; title: string };

/** As many as can be told apart at a glance; whoever means somebody else types more. */
export const mostFound = 12;

/** The first people in service whom somebody means by what they typed, among those to whom they may do this. Nothing typed finds nobody. */
export async function findPeople(
	ctx: Context,
	{ q, ability = 'people:view' }: v.InferOutput<typeof schemas.lookUp>
): Promise<PersonChoice[]> {
	demand(ctx, ability);
	if (!q) return [];
	const { rows } = await listPeople(ctx, { q }, { size: mostFound, ability });
	return rows.map(({ id, name, staffNumber, unit, title }) => ({ id, name, staffNumber, unit, title }));
}
