import { eq, sql } from 'drizzle-orm';
import { obligations } from '#db/schema/programmes.ts';
import { can, demandNotOwn } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { type Notice, notify } from '../notifications/notify.ts';
import type { Localized } from '#db/schema/columns.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { obligeAnew } from './oblige.ts';
import { tellUnits } from './tell-units.ts';

type Duty = typeof obligations.$inferSelect;
type Named = Duty & { title: Localized; href: string };

/**
 * Gives somebody another date for one thing that they owe by an assignment, of a course or a programme. Never oneself.
 * @returns the date before
 * @throws invalid assignment.due-past | exemption.after-expiry, conflict obligation.not-open, not-found obligation, forbidden access.own-case
 */
export function extendDuty(ctx: SignedIn, { dutyId, dueOn }: { dutyId: string; dueOn: string }): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const duty = await lockAssigned(ctx, dutyId);
		if (!isOpen(duty)) throw conflict('obligation.not-open');
		if (dueOn < dateOf(ctx.now)) throw invalid('assignment.due-past', { field: 'dueOn' });
		if (duty.expiresOn && dueOn > duty.expiresOn) throw invalid('exemption.after-expiry', { field: 'dueOn' });
		const opensOn = duty.opensOn && duty.opensOn > dueOn ? dueOn : duty.opensOn;
		await ctx.db.update(obligations).set({ dueOn, opensOn }).where(eq(obligations.id, dutyId));
		await tellUnits(ctx, [duty, { unitId: duty.unitId, dueOn }]);
		await tell(ctx, duty, 'extended', dueOn);
		await record(ctx, 'obligation.extended', dutyId, { before: duty.dueOn, dueOn });
		return duty.dueOn;
	});
}

/** Asks somebody for one thing no more, with the reason told. @throws conflict obligation.not-open, not-found obligation, forbidden access.own-case */
export function withdrawDuty(ctx: SignedIn, { dutyId, because }: { dutyId: string; because: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const duty = await lockAssigned(ctx, dutyId);
		if (!isOpen(duty)) throw conflict('obligation.not-open');
		await ctx.db
			.update(obligations)
			.set({ withdrawnAt: ctx.now, withdrawnBecause: because })
			.where(eq(obligations.id, dutyId));
		await tellUnits(ctx, [duty]);
		await tell(ctx, duty, 'withdrawn', duty.dueOn);
		if (duty.assignmentId && duty.courseId) await obligeAnew(ctx, duty.courseId, [duty.personId]);
		await record(ctx, 'obligation.withdrawn', dutyId);
	});
}

/**
 * Asks again for what was withdrawn from somebody, by the same date. What they have done meanwhile is settled by its own rule.
 * @throws conflict obligation.not-withdrawn | obligation.owed-otherwise, not-found obligation, forbidden access.own-case
 */
export function restoreDuty(ctx: SignedIn, { dutyId }: { dutyId: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const duty = await lockAssigned(ctx, dutyId);
		if (!duty.withdrawnAt) throw conflict('obligation.not-withdrawn');
		if (duty.assignmentId && (await isOwedOtherwise(ctx, duty))) throw conflict('obligation.owed-otherwise');
		await ctx.db
			.update(obligations)
			.set({ withdrawnAt: null, withdrawnBecause: null })
			.where(eq(obligations.id, dutyId));
		await tellUnits(ctx, [duty]);
		await tell(ctx, duty, 'extended', duty.dueOn);
		await record(ctx, 'obligation.restored', dutyId);
	});
}

const isOpen = ({ completedAt, withdrawnAt, exemptAt }: Duty): boolean => !completedAt && !withdrawnAt && !exemptAt;

/** A course is owed once by assignments and promotions; and not at all once it is completed. */
async function isOwedOtherwise({ db }: SignedIn, { id, personId, courseId }: Duty): Promise<boolean> {
	const { rows } = await db.execute(sql`
		select 1 from ${obligations} o where o.person_id = ${personId} and o.course_id = ${courseId} and o.id <> ${id}
			and o.completed_at is null and o.withdrawn_at is null and o.programme_assignment_id is null
		union all select 1 from course_completions c where c.person_id = ${personId} and c.course_id = ${courseId} limit 1`);
	return rows.length > 0;
}

/** Takes the row of what an assignment asks of somebody else within reach; what a promotion asks is decided in its case. */
async function lockAssigned(ctx: SignedIn, dutyId: string): Promise<Named> {
	const [duty] = await ctx.db.select().from(obligations).where(eq(obligations.id, dutyId)).for('update');
	if (!duty || duty.promotionId) throw notFound('obligation');
	const { rows } = await ctx.db.execute<{ path: string | null; title: Localized; slug: string | null }>(sql`
		select u.path::text as path, c.slug, coalesce(v.title, jsonb_build_object('zh-CN', p.title, 'en', p.title)) as title
		from ${obligations} o
		left join units u on u.id = o.unit_id
		left join courses c on c.id = o.course_id left join course_versions v on v.id = c.current_version_id
		left join programme_assignments a on a.id = o.programme_assignment_id left join programmes p on p.id = a.programme_id
		where o.id = ${dutyId}`);
	const { path, title, slug } = rows[0]!;
	if (!path || !can(ctx.actor, 'training:assign', path)) throw notFound('obligation');
	demandNotOwn(ctx, duty.personId);
	return { ...duty, title, href: slug ? `/courses/${slug}` : '/today' };
}

const tell = (
	ctx: SignedIn,
	{ id, personId, title, href }: Named,
	kind: Notice['kind'],
	dueOn: string
): Promise<void> =>
	notify(ctx, [personId], { kind, occasion: `${id} ${ctx.now.toISOString()}`, href, values: { title, dueOn } });
