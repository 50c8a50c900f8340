import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import type * as v from 'valibot';
import { courses, courseVersions } from '#db/schema/courses.ts';
import { assignments, obligations } from '#db/schema/programmes.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/programmes.ts';
import { demandNotOwn, demandWithin, within } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { tellUnits } from './tell-units.ts';

/** No ids chosen means every open obligation of the assignment within reach. */
type Chosen = { assignmentId: string; obligationIds: string[] };

/**
 * Gives people more time, or less, for what is still open. Never one's own.
 * @returns how many people it concerns
 * @throws invalid assignment.due-past, conflict assignment.nothing-open, not-found assignment
 */
export function extend(ctx: SignedIn, { dueOn, ...chosen }: v.InferOutput<typeof schemas.extend>): Promise<number> {
	return atomically(ctx, async (ctx) => {
		if (dueOn < dateOf(ctx.now)) throw invalid('assignment.due-past', { field: 'dueOn' });
		const { notice } = await lockAssignment(ctx, chosen.assignmentId);
		const before = await openOnes(ctx, chosen);
		await ctx.db
			.update(obligations)
			.set({ dueOn })
			.where(
				inArray(
					obligations.id,
					before.map(({ id }) => id)
				)
			);
		if (chosen.obligationIds.length === 0)
			await ctx.db.update(assignments).set({ dueOn }).where(eq(assignments.id, chosen.assignmentId));

		await tellUnits(ctx, [...before, ...before.map(({ unitId }) => ({ unitId, dueOn }))]);
		await notify(
			ctx,
			before.map(({ personId }) => personId),
			{ ...notice, kind: 'extended', occasion: `${chosen.assignmentId} ${dueOn}`, values: { ...notice.values, dueOn } }
		);
		await record(ctx, 'assignment.extended', chosen.assignmentId, {
			dueOn,
			obligationIds: chosen.obligationIds,
			people: before.length
		});
		return before.length;
	});
}

/**
 * Takes an assignment back, wholly or for some. What has been completed stays completed.
 * @returns how many people it concerns
 * @throws conflict assignment.nothing-open, not-found assignment
 */
export function withdraw(
	ctx: SignedIn,
	{ because, ...chosen }: v.InferOutput<typeof schemas.withdraw>
): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const { notice } = await lockAssignment(ctx, chosen.assignmentId);
		const before = await openOnes(ctx, chosen);
		await ctx.db
			.update(obligations)
			.set({ withdrawnAt: ctx.now, withdrawnBecause: because })
			.where(
				inArray(
					obligations.id,
					before.map(({ id }) => id)
				)
			);
		if (chosen.obligationIds.length === 0) {
			await ctx.db
				.update(assignments)
				.set({ withdrawnAt: ctx.now, withdrawnBy: ctx.actor.personId, withdrawnBecause: because })
				.where(eq(assignments.id, chosen.assignmentId));
		}

		await tellUnits(ctx, before);
		await notify(
			ctx,
			before.map(({ personId }) => personId),
			{ ...notice, kind: 'withdrawn', occasion: chosen.assignmentId }
		);
		await record(ctx, 'assignment.withdrawn', chosen.assignmentId, {
			obligationIds: chosen.obligationIds,
			people: before.length
		});
		return before.length;
	});
}

/** Reminds those who have not completed it; each at most once a day. @returns how many people @throws conflict assignment.nothing-open */
export function remind(ctx: SignedIn, chosen: v.InferOutput<typeof schemas.remind>): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const { notice } = await lockAssignment(ctx, chosen.assignmentId);
		const open = await openOnes(ctx, chosen);
		await notify(
			ctx,
			open.map(({ personId }) => personId),
			{ ...notice, kind: 'reminded', occasion: `${chosen.assignmentId} ${dateOf(ctx.now)}` }
		);
		await record(ctx, 'assignment.reminded', chosen.assignmentId, { people: open.length });
		return open.length;
	});
}

async function lockAssignment(ctx: Context, id: string) {
	const [found] = await ctx.db
		.select({ assignment: assignments, path: units.path, slug: courses.slug, title: courseVersions.title })
		.from(assignments)
		.innerJoin(units, eq(units.id, assignments.unitId))
		.innerJoin(courses, eq(courses.id, assignments.courseId))
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.where(eq(assignments.id, id))
		.for('update', { of: assignments });
	demandWithin(ctx, 'training:assign', found?.path, 'assignment');
	if (!found) throw notFound('assignment');
	if (found.assignment.withdrawnAt) throw conflict('assignment.withdrawn');
	return { notice: { href: `/courses/${found.slug}`, values: { title: found.title, dueOn: found.assignment.dueOn } } };
}

async function openOnes(ctx: Context, { assignmentId, obligationIds }: Chosen) {
	const chosen: SQL | undefined = obligationIds.length > 0 ? inArray(obligations.id, obligationIds) : undefined;
	const open = await ctx.db
		.select({
			id: obligations.id,
			personId: obligations.personId,
			unitId: obligations.unitId,
			dueOn: obligations.dueOn
		})
		.from(obligations)
		.innerJoin(units, eq(units.id, obligations.unitId))
		.where(
			and(
				eq(obligations.assignmentId, assignmentId),
				isNull(obligations.completedAt),
				isNull(obligations.withdrawnAt),
				within(ctx.actor, 'training:assign', units.path),
				chosen
			)
		)
		.orderBy(obligations.id)
		.for('update', { of: obligations });
	for (const { personId } of obligationIds.length > 0 ? open : []) demandNotOwn(ctx, personId);

	const others = open.filter(({ personId }) => personId !== ctx.actor.personId);
	if (others.length === 0) throw conflict('assignment.nothing-open');
	return others;
}
