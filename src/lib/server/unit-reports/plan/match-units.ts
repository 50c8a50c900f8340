import { sql } from 'drizzle-orm';
import { units } from '#db/schema/units.ts';
import type { Context } from '../../platform/context.ts';

/**
 * The units that a plan means by names: those at or below the plan's own unit that are called so, the uppermost where several are.
 * A plan says 仲裁院 where the roster says 省仲裁院. A name that means many (各市…) means none of them.
 */
export async function matchUnits(
	{ db }: Context,
	unitPath: string,
	names: readonly string[]
): Promise<Map<string, string>> {
	if (names.length === 0) return new Map();
	const { rows } = await db.execute<{ name: string; id: string }>(sql`
		select distinct on (asked.name) asked.name, u.id
		from json_array_elements_text(${JSON.stringify([...new Set(names)])}::json) asked (name)
		join ${units} u on u.name in (asked.name, '省' || asked.name) and u.path <@ ${unitPath}::ltree and u.closed_on is null
		order by asked.name, nlevel(u.path), u.position`);
	return new Map(rows.map(({ name, id }) => [name, id]));
}
