import type { Database } from '#db/client.ts';
import { pipelineOf } from './database.ts';

/**
 * A hot query, built once per database instead of once per request, and sent through its pipeline; `prepare` inside gives it
 * a name, under which each connection plans it once.
 *
 *     const countOpen = prepared((db) => db.select(…).where(eq(…, sql.placeholder('personId'))).prepare('count_open'));
 *     await countOpen(ctx.db).execute({ personId });
 */
export function prepared<Query>(build: (db: Database) => Query): (db: Database) => Query {
	const built = new WeakMap<Database, Query>();
	return (db) => {
		let query = built.get(db);
		if (!query) built.set(db, (query = build(pipelineOf(db))));
		return query;
	};
}
