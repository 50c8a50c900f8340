import { eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { exemptions, obligations } from '#db/schema/programmes.ts';
import type * as schemas from '#lib/schemas/exemptions.ts';
import { record } from '../../audit/record.ts';
import { notify } from '../../notifications/notify.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { conflict } from '../../platform/errors.ts';
import { tellUnits } from '../tell-units.ts';
import { coverDuties } from './cover-duties.ts';
import { demandLater, lockDuty } from './lock-duty.ts';
import { type Exemption, lockToDecide } from './lock-exemption.ts';

/**
 * Decides about a request. Approved, it takes effect at once: the duty is exempt or has the later date, or everything is exempt
 * that is open or comes up while it holds. Nobody decides about themselves, or about what they asked for on behalf of somebody.
 * @throws conflict exemption.decided | exemption.over | exemption.nothing-left | exemption.exempt-already, invalid exemption.not-later,
 *   not-found exemption, forbidden access.own-case | exemption.own-request
 */
export function decideExemption(
	ctx: SignedIn,
	{ exemptionId, decision, because }: v.InferOutput<typeof schemas.decideExemption>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const exemption = await lockToDecide(ctx, exemptionId);
		if (exemption.state !== 'asked') throw conflict('exemption.decided');
		const state = decision === 'approve' ? 'approved' : 'refused';
		await ctx.db
			.update(exemptions)
			.set({ state, decidedBy: ctx.actor.personId, decidedAt: ctx.now, decidedBecause: because })
			.where(eq(exemptions.id, exemptionId));
		if (state === 'approved') await takeEffect(ctx, exemption);

		await notify(ctx, [...new Set([exemption.personId, exemption.askedBy])], {
			kind: kindOf(exemption, state),
			occasion: `${exemptionId} ${state}`,
			href: '/exemptions',
			values: { because: because ?? '', dueOn: exemption.until }
		});
		await record(ctx, `exemption.${state}`, exemptionId, {
			personId: exemption.personId,
			obligationId: exemption.obligationId
		});
	});
}

const kindOf = ({ kind }: Exemption, state: 'approved' | 'refused') => {
	if (state === 'refused') return 'exemption_refused';
	return kind === 'deferral' ? 'exemption_deferred' : 'exemption_approved';
};

async function takeEffect(ctx: SignedIn, { id, personId, obligationId, kind, until }: Exemption): Promise<void> {
	const duty = obligationId ? await lockDuty(ctx, obligationId, personId) : null;
	if (kind === 'deferral') {
		if (!duty || !until) return;
		demandLater(ctx, duty, until);
		await ctx.db.update(obligations).set({ dueOn: until }).where(eq(obligations.id, duty.id));
		return tellUnits(ctx, [duty, { unitId: duty.unitId, dueOn: until }]);
	}
	if (until && until < dateOf(ctx.now)) throw conflict('exemption.over');
	await coverDuties(ctx, { id, personId, obligationId });
}
