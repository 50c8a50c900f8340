import type { Database } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';

/**
 * Appends one line to the audit record, in the transaction of the decision.
 * @param action `noun.done`, such as `assignment.withdrawn`
 * @param details ids, dates and numbers only: names would outlive their people here
 */
export async function record(
	ctx: Context,
	action: string,
	subjectId: string | null,
	details: Record<string, unknown> = {}
): Promise<void> {
	await ctx.db
		.insert(auditEntries)
		.values({ id: newId(), at: ctx.now, actorId: ctx.actor.personId, action, subjectId, details });
}

/** The same decision about many things: one line each. */
export function recordAll(
	{ db, actor, now }: Context,
	action: string,
	lines: { subjectId: string | null; details?: Record<string, unknown> }[]
): Promise<void> {
	return recordOfMany(
		db,
		action,
		lines.map((line) => ({ ...line, at: now, actorId: actor.personId }))
	);
}

/** The same decision of many people, each about a thing of their own, where one transaction holds what came at the same moment. */
export async function recordOfMany(
	db: Database,
	action: string,
	lines: { at: Date; actorId: string | null; subjectId: string | null; details?: Record<string, unknown> }[]
): Promise<void> {
	for (let from = 0; from < lines.length; from += 1_000) {
		const rows = lines
			.slice(from, from + 1_000)
			.map(({ details = {}, ...line }) => ({ id: newId(), action, details, ...line }));
		await db.insert(auditEntries).values(rows);
	}
}
