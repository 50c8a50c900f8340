import { and, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type * as v from 'valibot';
import { auditEntries } from '#db/schema/audit.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/audit.ts';
import { demand, rootsOf, within } from '../access/scope.ts';
import type { Actor, Context } from '../platform/context.ts';
import { addDays, startOfDay } from '../platform/dates.ts';
import { isId } from '../platform/ids.ts';
import { type Asked, type Page, readPage, turned } from '../platform/keyset.ts';

export type AuditFilter = v.InferOutput<typeof schemas.auditFilter>;
export type ListedEntry = Awaited<ReturnType<typeof read>>[number];

const doer = alias(people, 'doer');
const target = alias(people, 'target');
const office = alias(units, 'office');

/**
 * Decisions, newest first, with the names that people and units have today: the record itself holds ids alone. Over a part of
 * the tree, those that were made by its people or about them.
 */
export function listEntries(
	ctx: Context,
	filter: AuditFilter,
	asked: Asked = {},
	size = 50
): Promise<Page<ListedEntry>> {
	demand(ctx, 'audit:view');
	const order = { key: auditEntries.sequence, id: auditEntries.id, type: 'integer' as const, descending: true };
	return readPage<ListedEntry>(asked, {
		size,
		keyOf: ({ sequence, id }) => [String(sequence), id],
		read: (turn) => {
			const { where, rest } = turned(order, turn);
			return read(ctx, sql`${listed(ctx.actor, filter)} and ${where} ${rest}`);
		}
	});
}

/** The actions that occur in the record, each once: a walk along their index. */
export async function listActions({ db }: Context): Promise<string[]> {
	const { rows } = await db.execute<{ action: string }>(sql`
		with recursive steps as (
			select min(action) as action from ${auditEntries}
			union all
			select (select min(action) from ${auditEntries} where action > steps.action) from steps where steps.action is not null
		)
		select action from steps where action is not null`);
	return rows.map(({ action }) => action);
}

/** Whether somebody reads the whole record, not only that of a part of the tree. */
export const readsWholeRecord = (actor: Actor): boolean =>
	rootsOf(actor, 'audit:view').some((path) => !path.includes('.'));

function listed(actor: Actor, { action, actor: by, subject, from, to }: AuditFilter): SQL | undefined {
	return and(
		readsWholeRecord(actor) ? sql`true` : concerns(actor),
		action ? eq(auditEntries.action, action) : undefined,
		by ? eq(auditEntries.actorId, personOf(by)) : undefined,
		subject ? eq(auditEntries.subjectId, isId(subject) ? subject : personOf(subject)) : undefined,
		from ? gte(auditEntries.at, startOfDay(from)) : undefined,
		to ? lt(auditEntries.at, startOfDay(addDays(to, 1))) : undefined
	);
}

const personOf = (staffNumber: string): SQL => sql`(select id from people where staff_number = ${staffNumber})`;

const concerns = (actor: Actor): SQL => sql`exists (
	select 1 from ${people} join ${units} on ${units.id} = ${people.unitId}
	where ${people.id} in (${auditEntries.actorId}, ${auditEntries.subjectId}) and ${within(actor, 'audit:view', units.path)})`;

function read({ db }: Context, where: SQL) {
	return db
		.select({
			id: auditEntries.id,
			sequence: auditEntries.sequence,
			at: auditEntries.at,
			action: auditEntries.action,
			actorName: doer.name,
			actorNumber: doer.staffNumber,
			subjectId: auditEntries.subjectId,
			subjectName: sql<string | null>`coalesce(${target.name}, ${office.name})`,
			subjectNumber: target.staffNumber,
			details: auditEntries.details
		})
		.from(auditEntries)
		.leftJoin(doer, eq(doer.id, auditEntries.actorId))
		.leftJoin(target, eq(target.id, auditEntries.subjectId))
		.leftJoin(office, eq(office.id, auditEntries.subjectId))
		.where(where);
}
