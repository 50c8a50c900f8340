import { type SQL, sql } from 'drizzle-orm';
import type { SignedIn } from '../platform/context.ts';
import { idList } from '../platform/id-list.ts';

/**
 * Why some of these cannot be done, by one question for all: the first case that holds.
 * @param from relations with a row for each id, which is `t.id`
 * @param cases condition and code of the refusal; a condition that knows nothing of a row refuses nothing
 */
export async function refusalsBy(
	{ db }: SignedIn,
	ids: readonly string[],
	from: SQL,
	cases: [condition: SQL, code: string][]
): Promise<Map<string, string>> {
	const code = sql.join(
		cases.map(([condition, code]) => sql`when ${condition} then ${code}`),
		sql` `
	);
	const { rows } = await db.execute<{ id: string; code: string | null }>(
		sql`select t.id, case ${code} end as code from ${idList(ids)} as t (id) ${from}`
	);
	return new Map(rows.flatMap(({ id, code }) => (code ? [[id, code] as const] : [])));
}

/** Whoever no longer serves. */
export const notServing = (ctx: SignedIn, ids: readonly string[]): Promise<Map<string, string>> =>
	refusalsBy(ctx, ids, sql`left join people p on p.id = t.id`, [
		[sql`p.status is distinct from 'active'`, 'bulk.not-serving']
	]);
