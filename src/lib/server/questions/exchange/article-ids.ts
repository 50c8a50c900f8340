import { inArray, sql } from 'drizzle-orm';
import { articles } from '#db/schema/statutes.ts';
import { batchesOf } from '../../platform/batches.ts';
import type { Context } from '../../platform/context.ts';

/** Ids of articles by their addresses, of many at once. */
export async function articleIdsByAddress({ db }: Context, addresses: string[]): Promise<Map<string, string>> {
	const ids = new Map<string, string>();
	const address = sql<string>`${articles.statute} || '/' || ${articles.number}`;
	for (const batch of batchesOf([...new Set(addresses)])) {
		const rows = await db.select({ id: articles.id, address }).from(articles).where(inArray(address, batch));
		for (const { id, address } of rows) ids.set(address, id);
	}
	return ids;
}
