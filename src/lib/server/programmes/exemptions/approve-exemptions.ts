import { sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { exemptions } from '#db/schema/programmes.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/exemptions.ts';
import { demand, within } from '../../access/scope.ts';
import type { SignedIn } from '../../platform/context.ts';
import { conflict, DomainError } from '../../platform/errors.ts';
import { idList } from '../../platform/id-list.ts';
import { getExemption } from './queries.ts';
import { decideExemption } from './decide-exemption.ts';

export type Approved = { approved: number; left: number };

/**
 * Approves several requests at once: those picked, or all that wait under a ground. What the actor may not decide is passed over; a
 * request that no longer fits (its duty is done, its date is past) is left for a decision of its own.
 * @returns how many were approved, and how many are left @throws conflict exemption.nothing-chosen, not-found exemption, forbidden access.forbidden
 */
export async function approveExemptions(
	ctx: SignedIn,
	{ exemptionIds, listed, ground, because }: v.InferOutput<typeof schemas.approveExemptions>
): Promise<Approved> {
	const { personId: self } = ctx.actor;
	const { rows } = await ctx.db.execute<{ id: string }>(sql`
		select ${exemptions.id} from ${exemptions} join people on people.id = ${exemptions.personId} join ${units} on ${units.id} = people.unit_id
		where ${exemptions.state} = 'asked' and ${within(ctx.actor, 'exemption:decide', units.path)}
			and ${exemptions.personId} <> ${self} and ${exemptions.askedBy} <> ${self}
			and ${listed ? (ground ? sql`${exemptions.ground} = ${ground}` : sql`true`) : sql`${exemptions.id} in ${idList(exemptionIds)}`}
		order by ${exemptions.askedAt}, ${exemptions.id}`);
	if (rows.length === 0) await refuse(ctx, exemptionIds);

	let approved = 0;
	for (const { id } of rows) if (await approve(ctx, id, because)) approved++;
	return { approved, left: rows.length - approved };
}

/** Nothing to approve: because nothing chosen is within reach, or because it is not the actor's to decide any more. */
async function refuse(ctx: SignedIn, exemptionIds: string[]): Promise<never> {
	demand(ctx, 'exemption:decide');
	for (const id of exemptionIds.slice(0, 1)) await getExemption(ctx, id);
	throw conflict('exemption.nothing-chosen');
}

/** Each in a transaction of its own: one that does not fit keeps no other back. */
async function approve(ctx: SignedIn, exemptionId: string, because: string | null): Promise<boolean> {
	try {
		await decideExemption(ctx, { exemptionId, decision: 'approve', because });
		return true;
	} catch (error) {
		if (error instanceof DomainError) return false;
		throw error;
	}
}
