import { and, eq, isNull, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { assignments, obligations } from '#db/schema/programmes.ts';
import type * as schemas from '#lib/schemas/programmes.ts';
import { record } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { invalid } from '../platform/errors.ts';
import { idList } from '../platform/id-list.ts';
import { isWhole, lockAssignment, lockOpen, noticeOf } from './lock-open.ts';
import { isLive } from './obligation-state.ts';
import { obligeAnew } from './oblige.ts';
import { tellUnits } from './tell-units.ts';

/**
 * Gives people more time, or less, for what is still open. Never oneself. Whoever has that date already is not told again.
 * @returns how many people now have that date
 * @throws invalid assignment.due-past, conflict assignment.nothing-open, not-found assignment, forbidden access.own-case
 */
export function extend(ctx: SignedIn, { dueOn, ...chosen }: v.InferOutput<typeof schemas.extend>): Promise<number> {
	return atomically(ctx, async (ctx) => {
		if (dueOn < dateOf(ctx.now)) throw invalid('assignment.due-past', { field: 'dueOn' });
		const assignment = await lockAssignment(ctx, chosen.assignmentId);
		const open = await lockOpen(ctx, chosen);
		const changed = open.filter((one) => one.dueOn !== dueOn);
		if (changed.length === 0) return open.length;

		await ctx.db
			.update(obligations)
			.set({ dueOn })
			.where(sql`${obligations.id} in ${idList(changed.map(({ id }) => id))}`);
		if (isWhole(chosen)) await ctx.db.update(assignments).set({ dueOn }).where(eq(assignments.id, assignment.id));

		await tellUnits(ctx, [...changed, ...changed.map(({ unitId }) => ({ unitId, dueOn }))]);
		await notify(
			ctx,
			changed.map(({ personId }) => personId),
			{ ...noticeOf(assignment, dueOn), kind: 'extended', occasion: `${assignment.id} ${ctx.now.toISOString()}` }
		);
		await record(ctx, 'assignment.extended', assignment.id, {
			dueOn,
			obligationIds: chosen.obligationIds,
			people: changed.length
		});
		return open.length;
	});
}

/**
 * Takes an assignment back, wholly or for some. What has been completed stays completed; what a promotion asks for
 * besides stays owed, by the promotion's date.
 * @returns how many people it concerns
 * @throws conflict assignment.nothing-open, not-found assignment, forbidden access.own-case
 */
export function withdraw(
	ctx: SignedIn,
	{ because, ...chosen }: v.InferOutput<typeof schemas.withdraw>
): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const assignment = await lockAssignment(ctx, chosen.assignmentId);
		const open = await lockOpen(ctx, chosen);
		await ctx.db
			.update(obligations)
			.set({ withdrawnAt: ctx.now, withdrawnBecause: because })
			.where(sql`${obligations.id} in ${idList(open.map(({ id }) => id))}`);
		if (isWhole(chosen)) await closeAssignment(ctx, assignment.id, because);

		await tellUnits(ctx, open);
		for (const [dueOn, people] of Map.groupBy(open, ({ dueOn }) => dueOn)) {
			await notify(
				ctx,
				people.map(({ personId }) => personId),
				{ ...noticeOf(assignment, dueOn), kind: 'withdrawn', occasion: assignment.id }
			);
		}
		await obligeAnew(
			ctx,
			assignment.courseId,
			open.map(({ personId }) => personId)
		);
		await record(ctx, 'assignment.withdrawn', assignment.id, {
			obligationIds: chosen.obligationIds,
			people: open.length
		});
		return open.length;
	});
}

/** Reminds those who have not completed it; each at most once a day. @returns how many people @throws conflict assignment.nothing-open */
export function remind(ctx: SignedIn, chosen: v.InferOutput<typeof schemas.remind>): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const assignment = await lockAssignment(ctx, chosen.assignmentId, 'also-from-above');
		const open = await lockOpen(ctx, chosen);
		for (const [dueOn, people] of Map.groupBy(open, ({ dueOn }) => dueOn)) {
			await notify(
				ctx,
				people.map(({ personId }) => personId),
				{ ...noticeOf(assignment, dueOn), kind: 'reminded', occasion: `${assignment.id} ${dateOf(ctx.now)}` }
			);
		}
		await record(ctx, 'assignment.reminded', assignment.id, {
			obligationIds: chosen.obligationIds,
			people: open.length
		});
		return open.length;
	});
}

/**
 * An assignment as a whole is withdrawn once nothing of it is open: what somebody else has to decide about keeps it. Who was
 * exempt needs no exemption any more.
 */
async function closeAssignment({ db, now, actor }: SignedIn, id: string, because: string): Promise<void> {
	const open = await db.$count(obligations, and(eq(obligations.assignmentId, id), isLive(sql`${obligations}`)));
	if (open > 0) return;
	await db
		.update(obligations)
		.set({ withdrawnAt: now, withdrawnBecause: because })
		.where(and(eq(obligations.assignmentId, id), isNull(obligations.completedAt), isNull(obligations.withdrawnAt)));
	await db
		.update(assignments)
		.set({ withdrawnAt: now, withdrawnBy: actor.personId, withdrawnBecause: because })
		.where(eq(assignments.id, id));
}
