import { customType, numeric, smallint, timestamp, uuid } from 'drizzle-orm/pg-core';

/** A text that exists in both languages of the platform. */
export type Localized = { 'zh-CN': string; en: string };

/** Primary key; made in the application, so that PostgreSQL 15 serves too. */
export const id = () => uuid('id').primaryKey();

/** An instant, stored with its zone. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Points, and shares of them, with two decimals. */
export const points = (name: string) => numeric(name, { precision: 7, scale: 2, mode: 'number' });

/** A score or mark out of 100, with two decimals. */
export const score = (name: string) => numeric(name, { precision: 5, scale: 2, mode: 'number' });

/** Which time around: 1 where something is not asked again. */
export const round = () => smallint('round').notNull().default(1);

/** A materialised path of the unit tree, as the ltree extension holds it. */
export const ltree = customType<{ data: string }>({ dataType: () => 'ltree' });

/** Text that compares without regard to case. */
export const citext = customType<{ data: string }>({ dataType: () => 'citext' });

/** Raw bytes, such as a digest or a small file. */
export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
