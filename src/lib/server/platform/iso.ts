import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** An instant as ISO text, for queries written in SQL: outside the builder the driver hands on whatever PostgreSQL prints. */
export const iso = (instant: SQLWrapper): SQL<string> => sql`(to_json(${instant}) #>> '{}')`;
