import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	boolean,
	check,
	date,
	index,
	integer,
	jsonb,
	pgEnum,
	pgTable,
	primaryKey,
	text,
	uuid
} from 'drizzle-orm/pg-core';
import { bytea, citext, id, instant } from './columns.ts';
import { units } from './units.ts';

export const personStatus = pgEnum('person_status', ['active', 'retired', 'left']);

/** 领导职务层次, highest first (公务员法 Art. 18). */
export const leadershipLevel = pgEnum('leadership_level', [
	'department-chief', // 厅局级正职
	'department-deputy', // 厅局级副职
	'division-chief', // 县处级正职
	'division-deputy', // 县处级副职
	'section-chief', // 乡科级正职
	'section-deputy' // 乡科级副职
]);

/** 职级 of general administrative civil servants, highest first (公务员法 Art. 19). */
export const rank = pgEnum('rank', [
	'inspector-1', // 一级巡视员
	'inspector-2', // 二级巡视员
	'counsel-1', // 一级调研员
	'counsel-2',
	'counsel-3',
	'counsel-4',
	'principal-clerk-1', // 一级主任科员
	'principal-clerk-2',
	'principal-clerk-3',
	'principal-clerk-4',
	'clerk-1', // 一级科员
	'clerk-2'
]);

/** 编制: administrative, public institution managed like the civil service, public institution, or by contract. */
export const establishment = pgEnum('establishment', [
	'administrative',
	'like-administrative',
	'institution',
	'contract'
]);

export const postKind = pgEnum('post_kind', [
	'initial',
	'promotion',
	'transfer',
	'secondment',
	'acting',
	'concurrent',
	'reappointment' // 同一任期内续任: opens no training
]);

/** Everybody on the roster. Unit, title, level and rank are those of today's primary post, kept by the people module. */
export const people = pgTable(
	'people',
	{
		id: id(),
		staffNumber: citext('staff_number').notNull().unique(),
		name: text('name').notNull(),
		/** Readings of the name without tones, separated by spaces, and its initials: what people type to find it. */
		pinyin: text('pinyin').notNull(),
		initials: text('initials').notNull(),
		/** All that finds the person, each word between spaces: the characters of the name, its readings, the staff number. */
		words: text('words').generatedAlwaysAs(
			sql`lower(regexp_replace(translate(name, '·• ', ''), '(.)', ' \\1', 'g') || ' ' || pinyin || ' ' || initials || ' ' || staff_number::text || ' ')`
		),
		email: citext('email'),
		status: personStatus('status').notNull().default('active'),
		establishment: establishment('establishment'),
		joinedOn: date('joined_on', { mode: 'string' }),
		leftOn: date('left_on', { mode: 'string' }),
		unitId: uuid('unit_id').references((): AnyPgColumn => units.id),
		title: text('title').notNull().default(''),
		leadershipLevel: leadershipLevel('leadership_level'),
		rank: rank('rank'),
		createdAt: instant('created_at').notNull(),
		updatedAt: instant('updated_at').notNull()
	},
	(table) => [
		// names sort by pinyin: the Chinese collation is put on this index by hand in the migration
		index('people_unit').on(table.unitId, table.status),
		index('people_level')
			.on(table.leadershipLevel)
			.where(sql`${table.leadershipLevel} is not null`),
		index('people_rank').on(table.rank),
		index('people_gone')
			.on(table.status)
			.where(sql`${table.status} <> 'active'`),
		index('people_words').using('gin', sql`${table.words} gin_trgm_ops`),
		check('people_name_filled', sql`btrim(${table.name}) <> ''`),
		check('people_left_has_date', sql`(${table.status} = 'active') = (${table.leftOn} is null)`)
	]
);

/** One appointment. A person has at most one primary post on any day (exclusion constraint in the migration). */
export const posts = pgTable(
	'posts',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		title: text('title').notNull(),
		leadershipLevel: leadershipLevel('leadership_level'),
		rank: rank('rank'),
		kind: postKind('kind').notNull(),
		primary: boolean('primary').notNull().default(true),
		startsOn: date('starts_on', { mode: 'string' }).notNull(),
		/** First day on which the post is no longer held. */
		endsOn: date('ends_on', { mode: 'string' }),
		/** Number of the appointing document. */
		document: text('document'),
		createdAt: instant('created_at').notNull()
	},
	(table) => [
		index('posts_person').on(table.personId, table.startsOn),
		index('posts_unit').on(table.unitId),
		// whoever came to a post of a kind in a span of time, read from the index alone
		index('posts_kind').on(table.kind, table.startsOn, table.personId),
		check('posts_forward', sql`${table.endsOn} is null or ${table.endsOn} > ${table.startsOn}`),
		check(
			'posts_concurrent_not_primary',
			sql`not (${table.primary} and ${table.kind} in ('concurrent', 'acting', 'secondment'))`
		)
	]
);

export const rosterImportStatus = pgEnum('roster_import_status', [
	'reading',
	'previewed',
	'committing',
	'committed',
	'failed',
	'discarded'
]);

/** An uploaded roster file on its way in: read, previewed, then committed in one transaction. */
export const rosterImports = pgTable(
	'roster_imports',
	{
		id: id(),
		/** Whoever uploaded it, with whose reach it is judged; null where it was given to the command on the server. */
		createdBy: uuid('created_by').references(() => people.id),
		createdAt: instant('created_at').notNull(),
		/** Rows that lead outside this unit's subtree are refused. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		fileName: text('file_name').notNull(),
		/** The file itself, until it has been committed or discarded: other columns can be chosen until then. */
		file: bytea('file'),
		status: rosterImportStatus('status').notNull().default('reading'),
		/** Which column of the file holds which field. */
		columns: jsonb('columns').$type<Record<string, number>>(),
		headers: jsonb('headers').$type<string[]>(),
		rowsRead: integer('rows_read').notNull().default(0),
		rowsTotal: integer('rows_total'),
		/** Error key and values when reading or committing failed as a whole. */
		failure: jsonb('failure').$type<{ key: string; values?: Record<string, string | number> }>(),
		committedAt: instant('committed_at')
	},
	(table) => [index('roster_imports_creator').on(table.createdBy, table.createdAt)]
);

/** One row of a roster file: what it says, what it would do, and what it did. */
export const rosterImportRows = pgTable(
	'roster_import_rows',
	{
		importId: uuid('import_id')
			.notNull()
			.references(() => rosterImports.id, { onDelete: 'cascade' }),
		row: integer('row').notNull(),
		verdict: text('verdict', { enum: ['new', 'changed', 'unchanged', 'wrong'] }).notNull(),
		values: jsonb('values').$type<Record<string, string | null>>().notNull(),
		/** Fields that differ from what is on the roster. */
		changes: jsonb('changes').$type<Record<string, { from: string | null; to: string | null }>>(),
		problems: jsonb('problems').$type<{ field?: string; key: string; values?: Record<string, string | number> }[]>(),
		personId: uuid('person_id').references(() => people.id),
		/** Chosen to be written; once the import is committed, the chosen rows that are not wrong have been. */
		selected: boolean('selected').notNull().default(true)
	},
	(table) => [primaryKey({ columns: [table.importId, table.row] })]
);
