import { type SQL, sql } from 'drizzle-orm';
import type { HourCategory } from '#lib/schemas/hours.ts';
import type { Entry } from './standing.ts';

/**
 * Whether hours count where a category is asked for; null asks for any. Courses of this platform are studied online: beside being
 * required or elective they count as that. `countsAsSql` is the same of a row; a test proves that both agree.
 */
export const countsAs = (
	{ category, source }: Pick<Entry, 'category' | 'source'>,
	asked: HourCategory | null
): boolean => asked === null || category === asked || (asked === 'online' && source === 'course');

/** @param entry a row of the ledger @param asked an expression of type hour_category */
export const countsAsSql = (entry: SQL, asked: SQL): SQL =>
	sql`(${asked} is null or ${entry}.category = ${asked} or (${asked} = 'online' and ${entry}.source = 'course'))`;
