import { and, eq, isNotNull, lt, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { exemptions, obligations } from '#db/schema/programmes.ts';
import type * as schemas from '#lib/schemas/exemptions.ts';
import { record } from '../../audit/record.ts';
import { notify } from '../../notifications/notify.ts';
import { atomically, type Context, type SignedIn } from '../../platform/context.ts';
import { addDays, type CalendarDate, dateOf } from '../../platform/dates.ts';
import { conflict } from '../../platform/errors.ts';
import { tellUnits } from '../tell-units.ts';
import { type Exemption, lockToDecide } from './lock-exemption.ts';

/**
 * Ends an exemption from today on: what fell due while it held stays exempt, everything else is owed again. Where it was granted
 * wrongly (`whole`), all that it covered is owed again.
 * @throws conflict exemption.not-in-force, not-found exemption, forbidden access.own-case | exemption.own-request
 */
export function endExemption(
	ctx: SignedIn,
	{ exemptionId, whole, because }: v.InferOutput<typeof schemas.endExemption>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const exemption = await lockToDecide(ctx, exemptionId);
		if (exemption.state !== 'approved' || exemption.kind !== 'exemption') throw conflict('exemption.not-in-force');
		const lastDay = whole ? null : addDays(dateOf(ctx.now), -1);
		await end(ctx, exemption, lastDay, { endedBy: ctx.actor.personId, endedBecause: because });
	});
}

/** Ends every exemption whose last day has passed. Runs every day; a day that was missed is made up for. @returns how many */

export async function endOverExemptions(ctx: Context): Promise<number> {
	const over = await ctx.db
		.select({ id: exemptions.id })
		.from(exemptions)
		.where(
			and(
				eq(exemptions.state, 'approved'),
				eq(exemptions.kind, 'exemption'),
				isNotNull(exemptions.until),
				lt(exemptions.until, dateOf(ctx.now))
			)
		)
		.orderBy(exemptions.id);
	for (const { id } of over) await atomically(ctx, (ctx) => endOver(ctx, id));
	return over.length;
}

async function endOver(ctx: Context, id: string): Promise<void> {
	const [taken] = await ctx.db.select().from(exemptions).where(eq(exemptions.id, id)).for('update');
	if (taken?.state === 'approved') await end(ctx, taken, taken.until);
}

type By = { endedBy: string; endedBecause: string };

/** @param lastDay the last day on which it held; null: as if it had never been granted */
async function end(ctx: Context, exemption: Exemption, lastDay: CalendarDate | null, by?: By): Promise<void> {
	const { id, personId, decidedAt } = exemption;
	// Before the duties: while it is in force, it would cover them again.
	await ctx.db
		.update(exemptions)
		.set({ state: 'ended', endedAt: ctx.now, ...by })
		.where(eq(exemptions.id, id));
	const held =
		lastDay && decidedAt ? sql`o.due_on between ${dateOf(decidedAt)}::date and ${lastDay}::date` : sql`false`;
	const { rows } = await ctx.db.execute<{ unitId: string; dueOn: string }>(sql`
		update ${obligations} o set exempt_at = null, exemption_id = null
		where o.exemption_id = ${id} and o.completed_at is null and not ${held}
		returning o.unit_id as "unitId", o.due_on::text as "dueOn"`);
	await tellUnits(ctx, rows);
	await notify(ctx, [personId], {
		...{ kind: 'exemption_ended', occasion: id, href: rows.length > 0 ? '/today' : '/exemptions' },
		values: { count: rows.length, because: by?.endedBecause ?? '' }
	});
	await record(ctx, 'exemption.ended', id, { personId, duties: rows.length });
}
