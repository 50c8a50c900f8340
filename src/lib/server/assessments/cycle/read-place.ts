import { sql } from 'drizzle-orm';
import * as v from 'valibot';
import { bands } from '#lib/schemas/assessments.ts';
import { within } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { type ResultFilter, resultShows } from '../queries.ts';
import type { Cycle } from './read-cycle.ts';

/** A unit as it stood in a cycle. */
export type Place = { id: string; name: string; path: string; depth: number; first: number; people: number };

/**
 * The unit of a cycle that an address asks for; without one, the topmost within reach. Null before anything was drafted.
 * @throws not-found unit.not-found
 */
export async function readPlace({ db, actor }: Context, cycle: Cycle, asked: string | null): Promise<Place | null> {
	const wanted = asked && isId(asked) ? sql`u.unit_id = ${asked}::uuid` : sql`true`;
	const { rows } = await db.execute<Place>(sql`
		select u.unit_id as id, u.name, u.path::text as path, u.depth, u.first, u.people
		from assessment_units u join units now on now.id = u.unit_id
		where u.cycle_id = ${cycle.id} and ${wanted} and ${within(actor, 'result:view', sql`now.path`)}
		order by u.position limit 1`);
	if (!rows[0] && asked) throw notFound('unit');
	return rows[0] ?? null;
}

/** What the address of the list asks for within a place. */
export function readFilter(cycle: Cycle, { first, people }: Place, { searchParams }: URL): ResultFilter {
	const band = v.safeParse(v.picklist(bands), searchParams.get('band'));
	const show = v.safeParse(v.picklist(resultShows), searchParams.get('show'));
	return {
		cycleId: cycle.id,
		first,
		people,
		band: band.success ? band.output : undefined,
		show: show.success ? show.output : undefined,
		search: searchParams.get('q')?.trim().slice(0, 60)
	};
}
