import { sql } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { inOfficialOrder } from '../../units/official-order.ts';
import type { Cycle } from './read-cycle.ts';

/** A unit of a cycle with how many people serve in it, and the unit that reviews them. */
export type CycleUnit = { id: string; depth: number; path: string; name: string; people: number; reviewUnitId: string };

const portionSize = 50_000;

/** The units of a cycle in official order, as they stand: open ones, and closed ones in which somebody served on the last day. */
export async function listCycleUnits({ db }: Context, { path, until, reviewDepth }: Cycle): Promise<CycleUnit[]> {
	const { rows } = await db.execute<
		CycleUnit & { parentId: string | null; position: number; code: string; closedOn: string | null }
	>(sql`
		select u.id, u.parent_id as "parentId", u.position, u.code, nlevel(u.path) as depth, u.path::text as path, u.name, u.closed_on as "closedOn", coalesce(n.people, 0)::int as people,
			(select r.id from units r where r.path = subpath(u.path, 0, least(nlevel(${path}::ltree) + ${reviewDepth}::int, nlevel(u.path)))) as "reviewUnitId"
		from units u left join (
			select coalesce(o.unit_id, p.unit_id) as unit_id, count(*) as people
			from people p left join posts o on o.person_id = p.id and o.primary and o.starts_on <= ${until} and (o.ends_on is null or o.ends_on > ${until})
			where (p.left_on is null or p.left_on > ${until}) and (p.joined_on is null or p.joined_on <= ${until}) group by 1
		) n on n.unit_id = u.id
		where u.path <@ ${path}::ltree`);
	return inOfficialOrder(rows)
		.filter(
			({ closedOn, people, id }) => closedOn === null || people > 0 || rows.some(({ parentId }) => parentId === id)
		)
		.map(({ id, depth, path, name, people, reviewUnitId }) => ({ id, depth, path, name, people, reviewUnitId }));
}

/** Neighbouring units, so many people at a time. */
export function portionsOf(units: readonly CycleUnit[]): CycleUnit[][] {
	const portions: CycleUnit[][] = [];
	let people = Infinity;
	for (const unit of units) {
		if (people + unit.people > portionSize) {
			portions.push([]);
			people = 0;
		}
		portions.at(-1)!.push(unit);
		people += unit.people;
	}
	return portions;
}
