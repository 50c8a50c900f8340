import { type SQL, sql } from 'drizzle-orm';

/*
 * The digest over the results of a cycle. Each unit's is SHA-256 over its people's lines, in the order of their ids; a line holds
 * person, unit, scheme, drafted and final score and band, parts, limits, and the digest of the inputs. The cycle's is SHA-256
 * over the units' digests, in the order of their ids.
 */

/** SQL: one line of a result `r`. */
const line: SQL = sql`concat_ws('|', r.person_id, r.unit_id, r.scheme_id, r.draft_score, r.draft_band, r.score, r.band, r.parts::text, array_to_string(r.limits, ','), encode(sha256(convert_to(r.inputs::text, 'UTF8')), 'hex'))`;

/** SQL: the digest of a unit, as an aggregate over its results `r`. */
export const unitDigest: SQL = sql`sha256(convert_to(string_agg(${line}, E'\n' order by r.person_id), 'UTF8'))`;

/** SQL: the digest of a cycle, as an aggregate over `u` with `unit_id` and `digest`. */
export const cycleDigest: SQL = sql`sha256(convert_to(string_agg(u.unit_id || ' ' || encode(u.digest, 'hex'), E'\n' order by u.unit_id), 'UTF8'))`;
