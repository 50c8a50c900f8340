import { sql } from 'drizzle-orm';
import type { SignedIn } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { askExemption } from '../../programmes/exemptions/ask-exemption.ts';
import { withdrawRequest } from '../../programmes/exemptions/withdraw-request.ts';
import { extendDuty, restoreDuty, withdrawDuty } from '../../programmes/change-duty.ts';
import { oneByOne, type HandlerOf } from '../handler.ts';
import { refusalsBy } from '../refusals.ts';
import type { SQL } from 'drizzle-orm';

const open = (ctx: SignedIn, ids: readonly string[], ...more: [SQL, string][]) =>
	refusalsBy(ctx, ids, sql`left join obligations o on o.id = t.id`, [
		[sql`o.completed_at is not null`, 'bulk.completed-already'],
		[sql`o.exempt_at is not null`, 'exemption.exempt-already'],
		[sql`o.withdrawn_at is not null`, 'bulk.withdrawn-already'],
		[sql`o.expires_on < ${dateOf(ctx.now)}::date`, 'bulk.expired-already'],
		...more
	]);

/** Another date for what is open. */
export const extendDuties: HandlerOf<'extend-duty'> = {
	ability: 'training:assign',
	size: 50,
	refusals: (ctx, ids, { dueOn }) =>
		open(
			ctx,
			ids,
			[sql`o.due_on = ${dueOn}::date`, 'bulk.date-already'],
			[sql`o.expires_on < ${dueOn}::date`, 'exemption.after-expiry']
		),
	act: (ctx, rows, { dueOn }) =>
		oneByOne(ctx, rows, async (ctx, { targetId }) => ({ before: await extendDuty(ctx, { dutyId: targetId, dueOn }) })),
	undo: (ctx, rows) =>
		oneByOne(ctx, rows, async (ctx, { targetId, made }) => {
			await extendDuty(ctx, { dutyId: targetId, dueOn: (made as { before: string }).before });
		})
};

/** Asks that people be exempt: somebody else decides, as always. */
export const askExemptions: HandlerOf<'ask-exemption'> = {
	ability: 'training:assign',
	size: 25,
	refusals: (ctx, ids) =>
		open(ctx, ids, [
			sql`exists (select 1 from exemptions e where e.obligation_id = o.id and e.state = 'asked')`,
			'exemption.asked-already'
		]),
	act: (ctx, rows, { ground, until, reason }) =>
		oneByOne(ctx, rows, async (ctx, { targetId, personId }) => ({
			exemptionId: await askExemption(ctx, {
				...{ personId, obligationId: targetId, kind: 'exemption' },
				...{ ground, until, reason }
			})
		})),
	undo: (ctx, rows) =>
		oneByOne(ctx, rows, (ctx, { made }) =>
			withdrawRequest(ctx, { exemptionId: (made as { exemptionId: string }).exemptionId })
		)
};

/** Asks for it no more; taken back, it is owed again by the same date. */
export const withdrawDuties: HandlerOf<'withdraw-duty'> = {
	ability: 'training:assign',
	size: 50,
	refusals: (ctx, ids) => open(ctx, ids),
	act: (ctx, rows, { reason }) =>
		oneByOne(ctx, rows, (ctx, { targetId }) => withdrawDuty(ctx, { dutyId: targetId, because: reason })),
	undo: (ctx, rows) => oneByOne(ctx, rows, (ctx, { targetId }) => restoreDuty(ctx, { dutyId: targetId }))
};
