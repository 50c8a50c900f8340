import { type SQL, sql } from 'drizzle-orm';

/** A list of ids as one parameter, for `in`: a statement takes at most 65,535 of them, a province has more people. */
export const idList = (ids: readonly string[]): SQL =>
	sql`(select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::json))`;
