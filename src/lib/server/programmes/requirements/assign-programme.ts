import { eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { obligations, programmeAssignments } from '#db/schema/programmes.ts';
import type * as schemas from '#lib/schemas/requirements.ts';
import { record } from '../../audit/record.ts';
import { notify } from '../../notifications/notify.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { batchesOf } from '../../platform/batches.ts';
import { dateOf } from '../../platform/dates.ts';
import { conflict, invalid } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { getAudience } from '../audiences/queries.ts';
import { tellUnits } from '../tell-units.ts';
import { lockAssignment } from './assignments.ts';
import { dueFits } from './duty-dates.ts';
import { markAssignments } from './mark-dirty.ts';
import { getProgramme } from './queries.ts';

/**
 * Lets a programme stand for an audience: whoever belongs, now or later, owes what it asks. The duties are made within seconds.
 * The same form sent twice is one assignment.
 * @returns the id of the standing assignment
 * @throws conflict programme.not-adopted | programme.archived | audience.archived | assignment.taken,
 *   invalid programme.due-does-not-fit | assignment.due-past, not-found programme | audience
 */
export function assignProgramme(
	ctx: SignedIn,
	{ id = newId(), programmeId, audienceId, ...terms }: v.InferOutput<typeof schemas.assignProgramme>
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const audience = await getAudience(ctx, audienceId, 'programme:edit');
		if (audience.archivedAt) throw conflict('audience.archived', { field: 'audienceId' });
		const { current, state } = await getProgramme(ctx, programmeId);
		if (state === 'archived') throw conflict('programme.archived', { field: 'programmeId' });
		if (!current) throw conflict('programme.not-adopted', { field: 'programmeId' });
		const { due, startsOn, endsOn } = terms;
		if (!dueFits({ recurrence: current.recurrence, endsOn }, due))
			throw invalid('programme.due-does-not-fit', { field: 'due' });
		if (due.kind === 'date' && (due.on < startsOn || due.on < dateOf(ctx.now)))
			throw invalid('assignment.due-past', { field: 'dueOn' });

		const made = { createdBy: ctx.actor.personId, createdAt: ctx.now };
		const [kept] = await ctx.db
			.insert(programmeAssignments)
			.values({ id, programmeId, audienceId, unitId: audience.unitId, ...terms, ...made })
			.onConflictDoNothing()
			.returning({ id: programmeAssignments.id });
		if (!kept) {
			const own = sql`${programmeAssignments.id} = ${id} and ${programmeAssignments.createdBy} = ${ctx.actor.personId}`;
			if ((await ctx.db.$count(programmeAssignments, own)) === 0) throw conflict('assignment.taken');
			return id;
		}
		await markAssignments(ctx, sql`a.id = ${id}`);
		await record(ctx, 'programme.assigned', id, { programmeId, audienceId, startsOn, endsOn, due });
		return id;
	});
}

/**
 * Ends a standing assignment: nothing of it is owed any more; what was completed, and what had expired, stays.
 * @returns how many duties were open @throws conflict programme.withdrawn, not-found assignment.not-found
 */
export function withdrawProgramme(
	ctx: SignedIn,
	{ assignmentId, because }: v.InferOutput<typeof schemas.withdrawProgramme>
): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const { withdrawnAt, title } = await lockAssignment(ctx, assignmentId);
		if (withdrawnAt) throw conflict('programme.withdrawn');
		await ctx.db
			.update(programmeAssignments)
			.set({ withdrawnAt: ctx.now, withdrawnBy: ctx.actor.personId, withdrawnBecause: because })
			.where(eq(programmeAssignments.id, assignmentId));
		const open = await ctx.db
			.update(obligations)
			.set({ withdrawnAt: ctx.now, withdrawnBecause: because })
			.where(
				sql`${obligations.programmeAssignmentId} = ${assignmentId} and ${obligations.completedAt} is null and ${obligations.withdrawnAt} is null
					and (${obligations.expiresOn} is null or ${obligations.expiresOn} >= ${dateOf(ctx.now)})`
			)
			.returning({ personId: obligations.personId, unitId: obligations.unitId, dueOn: obligations.dueOn });
		await tellUnits(ctx, open);
		for (const people of batchesOf([...new Set(open.map(({ personId }) => personId))], 5_000)) {
			const values = { title: { 'zh-CN': title, en: title }, because };
			await notify(ctx, people, { kind: 'programme_withdrawn', occasion: assignmentId, href: '/today', values });
		}
		await record(ctx, 'programme.withdrawn', assignmentId, { duties: open.length });
		return open.length;
	});
}
