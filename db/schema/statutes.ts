import { sql } from 'drizzle-orm';
import {
	check,
	date,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { id, instant, type Localized } from './columns.ts';

export type StatuteChapter = {
	number: number;
	title: Localized;
	from: string;
	to: string;
	sections?: StatuteChapter[];
};

/** A law, regulation, rule or interpretation that lessons and questions cite. */
export const statutes = pgTable('statutes', {
	slug: text('slug').primaryKey(),
	title: jsonb('title').$type<Localized>().notNull(),
	short: jsonb('short').$type<Localized>().notNull(),
	level: text('level', { enum: ['law', 'regulation', 'rule', 'interpretation'] }).notNull(),
	issuer: text('issuer').notNull(),
	adoptedOn: date('adopted_on', { mode: 'string' }).notNull(),
	effectiveOn: date('effective_on', { mode: 'string' }).notNull(),
	lastArticle: integer('last_article').notNull(),
	chapters: jsonb('chapters').$type<StatuteChapter[]>().notNull().default([]),
	position: integer('position').notNull().default(0),
	hash: text('hash').notNull(),
	archivedAt: instant('archived_at')
});

/** A wording of a statute: as first adopted or as amended. */
export const statuteVersions = pgTable(
	'statute_versions',
	{
		statute: text('statute')
			.notNull()
			.references(() => statutes.slug),
		version: text('version').notNull(),
		adoptedOn: date('adopted_on', { mode: 'string' }).notNull(),
		session: text('session').notNull(),
		effectiveOn: date('effective_on', { mode: 'string' }).notNull(),
		/** Numbers of the articles that this version changed. */
		changed: jsonb('changed').$type<string[]>().notNull().default([])
	},
	(table) => [primaryKey({ columns: [table.statute, table.version] })]
);

/** One article, with a digest in our own words. `number` is its address ("14", "38-1"). */
export const articles = pgTable(
	'articles',
	{
		id: id(),
		statute: text('statute')
			.notNull()
			.references(() => statutes.slug),
		number: text('number').notNull(),
		/** Place in the statute: 38-1 follows 38. */
		ordinal: integer('ordinal').notNull(),
		chapter: smallint('chapter'),
		digest: text('digest').notNull(),
		keywords: text('keywords')
			.array()
			.notNull()
			.default(sql`'{}'::text[]`),
		/** Addresses of directly related articles ("labour-contract/82"). */
		see: text('see')
			.array()
			.notNull()
			.default(sql`'{}'::text[]`),
		hash: text('hash').notNull(),
		archivedAt: instant('archived_at')
	},
	(table) => [
		uniqueIndex('articles_address').on(table.statute, table.number),
		index('articles_search').using('gin', sql`(${table.digest}) gin_trgm_ops`),
		check('articles_digest_filled', sql`btrim(${table.digest}) <> ''`)
	]
);

/** What a digest said before it was rewritten. */
export const articleVersions = pgTable(
	'article_versions',
	{
		articleId: uuid('article_id')
			.notNull()
			.references(() => articles.id),
		number: integer('number').notNull(),
		digest: text('digest').notNull(),
		hash: text('hash').notNull(),
		createdAt: instant('created_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.articleId, table.number] })]
);
