import type { Database } from '#db/client.ts';
import { pipelineOf } from './database.ts';

/**
 * A query that is asked often, built once per database instead of once per request; `prepare` inside gives it a name, under
 * which each connection plans it once.
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

/** The same for a short one, which goes through the pipeline: there a slow question would keep those behind it waiting. */
export function pipelined<Query>(build: (db: Database) => Query): (db: Database) => Query {
	const query = prepared(build);
	return (db) => query(pipelineOf(db));
}
