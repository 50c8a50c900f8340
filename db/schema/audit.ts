import { sql } from 'drizzle-orm';
import { bigint, check, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, id, instant } from './columns.ts';

/** One decision: who did what to which thing. Ids only, never names; appended, never changed (trigger). */
export const auditEntries = pgTable(
	'audit_entries',
	{
		id: id(),
		sequence: bigint('sequence', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
		at: instant('at').notNull(),
		actorId: uuid('actor_id'),
		action: text('action').notNull(),
		subjectId: uuid('subject_id'),
		details: jsonb('details').$type<Record<string, unknown>>().notNull().default({})
	},
	(table) => [
		index('audit_entries_sequence').on(table.sequence),
		index('audit_entries_action').on(table.action, table.sequence),
		index('audit_entries_subject').on(table.subjectId, table.sequence),
		index('audit_entries_actor').on(table.actorId, table.sequence),
		// Who came across a question in a list: lines about many questions name them in their details.
		index('audit_entries_listed')
			.using('gin', sql`(${table.details} -> 'questions')`)
			.where(sql`${table.action} = 'question.listed'`)
	]
);

/** The chain over the entries: each link's digest covers the entry and the link before it. */
export const auditLinks = pgTable(
	'audit_links',
	{
		position: bigint('position', { mode: 'number' }).primaryKey(),
		entryId: uuid('entry_id')
			.notNull()
			.unique()
			.references(() => auditEntries.id),
		digest: bytea('digest').notNull()
	},
	(table) => [check('audit_links_position', sql`${table.position} > 0`)]
);
