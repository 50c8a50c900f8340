import type { Database } from '#db/client.ts';

/**
 * A hot query, built once per pool instead of once per request; `prepare` inside gives it a name, under which each
 * connection plans it once.
 *
 *     const countOpen = prepared((db) => db.select(…).where(eq(…, sql.placeholder('personId'))).prepare('count_open'));
 *     await countOpen(ctx.db).execute({ personId });
 */
export function prepared<Query>(build: (db: Database) => Query): (db: Database) => Query {
	const built = new WeakMap<Database, Query>();
	return (db) => {
		let query = built.get(db);
		if (!query) built.set(db, (query = build(db)));
		return query;
	};
}
