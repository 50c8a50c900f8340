import { type SQL, sql } from 'drizzle-orm';
import type { Scheme } from './read-scheme.ts';

type Group = Pick<Scheme, 'ranks' | 'levels' | 'establishments' | 'leading'>;

/** SQL: whether a person of a relation `f` with `rank`, `level` and `establishment` belongs to the group of a scheme. */
export function isInGroup({ ranks, levels, establishments, leading }: Group): SQL {
	const among = (column: string, values: readonly string[]) =>
		values.length === 0 ? [] : [sql`f.${sql.raw(column)}::text = any(${sql.param([...values])}::text[])`];
	const conditions = [
		...among('rank', ranks),
		...among('level', levels),
		...among('establishment', establishments),
		...(leading === null ? [] : [leading ? sql`f.level is not null` : sql`f.level is null`])
	];
	return conditions.length === 0 ? sql`true` : sql`coalesce(${sql.join(conditions, sql` and `)}, false)`;
}

/** SQL: id of the first scheme to whose group a person of `f` belongs; null where it is none. */
export function schemeFor(schemes: readonly Scheme[]): SQL {
	if (schemes.length === 0) return sql`null::uuid`;
	const cases = schemes.map((scheme) => sql`when ${isInGroup(scheme)} then ${scheme.id}::uuid`);
	return sql`case ${sql.join(cases, sql` `)} end`;
}
