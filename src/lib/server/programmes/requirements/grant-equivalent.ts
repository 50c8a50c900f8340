import { eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { equivalents, obligations } from '#db/schema/programmes.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/requirements.ts';
import { demandNotOwn, demandWithin } from '../../access/scope.ts';
import { record } from '../../audit/record.ts';
import { announce } from '../../platform/announce.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { conflict, invalid, notFound } from '../../platform/errors.ts';
import { keepFile } from '../../platform/files/keep-file.ts';
import { newId } from '../../platform/ids.ts';
import { tellUnits } from '../tell-units.ts';
import { startOf } from './evidence.ts';
import { settle } from './settle.ts';

/**
 * Lets something learnt elsewhere stand for what an obligation asks, with a proof where there is one. It counts as the thing itself
 * would: dated as far back as the programme lets earlier learning be. A course counts wherever that course is asked.
 * @throws invalid equivalent.in-future | equivalent.too-old, conflict equivalent.not-open, not-found obligation, forbidden access.own-case
 */
export function grantEquivalent(
	ctx: SignedIn,
	{ obligationId, what, on, file }: v.InferOutput<typeof schemas.grantEquivalent>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		if (on > dateOf(ctx.now)) throw invalid('equivalent.in-future', { field: 'on' });
		const duty = await lockDuty(ctx, obligationId);
		if (duty.completedAt || duty.withdrawnAt) throw conflict('equivalent.not-open');

		const id = newId();
		const about = duty.courseId ? { courseId: duty.courseId } : { requirementId: duty.requirementId! };
		const proofId = file?.size
			? await keepFile(
					ctx,
					{ name: file.name, bytes: Buffer.from(await file.arrayBuffer()) },
					{ types: ['pdf', 'png', 'jpg', 'webp', 'docx'] }
				)
			: null;
		const granted = { grantedBy: ctx.actor.personId, grantedAt: ctx.now };
		await ctx.db.insert(equivalents).values({ id, personId: duty.personId, ...about, what, on, proofId, ...granted });
		if (duty.courseId) await closeDirect(ctx, { id, on, personId: duty.personId, courseId: duty.courseId });
		await settle(ctx, [duty.personId]);
		await announce(ctx, 'equivalent.changed', { personIds: [duty.personId] });
		const [closed] = await ctx.db
			.select({ completedAt: obligations.completedAt })
			.from(obligations)
			.where(eq(obligations.id, obligationId));
		if (!closed?.completedAt) throw invalid('equivalent.too-old', { field: 'on' });
		await record(ctx, 'equivalent.granted', id, { personId: duty.personId, obligationId, on });
	});
}

/** Takes an equivalent back: what it closed is open again. @throws conflict equivalent.revoked, not-found equivalent, forbidden access.own-case */
export function revokeEquivalent(
	ctx: SignedIn,
	{ equivalentId, because }: v.InferOutput<typeof schemas.revokeEquivalent>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const [found] = await ctx.db
			.select({ personId: equivalents.personId, revokedAt: equivalents.revokedAt, path: units.path })
			.from(equivalents)
			.innerJoin(sql`people`, sql`people.id = ${equivalents.personId}`)
			.leftJoin(units, sql`${units.id} = people.unit_id`)
			.where(eq(equivalents.id, equivalentId))
			.for('update', { of: equivalents });
		demandWithin(ctx, 'training:assign', found?.path, 'equivalent');
		if (!found) throw notFound('equivalent');
		demandNotOwn(ctx, found.personId);
		if (found.revokedAt) throw conflict('equivalent.revoked');
		await ctx.db
			.update(equivalents)
			.set({ revokedAt: ctx.now, revokedBecause: because })
			.where(eq(equivalents.id, equivalentId));
		await reopenDirect(ctx, equivalentId);
		await settle(ctx, [found.personId]);
		await announce(ctx, 'equivalent.changed', { personIds: [found.personId] });
		await record(ctx, 'equivalent.revoked', equivalentId, { personId: found.personId });
	});
}

/** What an assignment of the course, or a promotion, asks for is closed by it as by the course: neither says how old it may be. */
async function closeDirect(
	ctx: SignedIn,
	{ id, on, personId, courseId }: { id: string; on: string; personId: string; courseId: string }
): Promise<void> {
	const { rows } = await ctx.db.execute<Touched>(sql`
		update ${obligations} o set completed_at = ${startOf(sql`${on}::date`)}, equivalent_id = ${id}, exempt_at = null, exemption_id = null
		where o.person_id = ${personId} and o.course_id = ${courseId} and o.requirement_id is null and o.completed_at is null and o.withdrawn_at is null
		returning o.unit_id as "unitId", o.due_on::text as "dueOn"`);
	await tellUnits(ctx, rows);
}

async function reopenDirect(ctx: SignedIn, equivalentId: string): Promise<void> {
	const { rows } = await ctx.db.execute<Touched>(sql`
		update ${obligations} o set completed_at = null, equivalent_id = null where o.equivalent_id = ${equivalentId} and o.requirement_id is null
		returning o.unit_id as "unitId", o.due_on::text as "dueOn"`);
	await tellUnits(ctx, rows);
}

type Touched = { unitId: string | null; dueOn: string };

async function lockDuty(ctx: SignedIn, id: string) {
	const [found] = await ctx.db
		.select({
			personId: obligations.personId,
			courseId: obligations.courseId,
			requirementId: obligations.requirementId,
			completedAt: obligations.completedAt,
			withdrawnAt: obligations.withdrawnAt,
			path: units.path
		})
		.from(obligations)
		.leftJoin(units, eq(units.id, obligations.unitId))
		.where(eq(obligations.id, id))
		.for('update', { of: obligations });
	demandWithin(ctx, 'training:assign', found?.path, 'obligation');
	if (!found) throw notFound('obligation');
	demandNotOwn(ctx, found.personId);
	return found;
}
