import { asc, eq, inArray, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/sessions.ts';
import { demandWithin } from '../access/scope.ts';
import { atomically, type Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { listBeyondReach } from '../units/beyond-reach.ts';
import { inGroups } from './link-rule.ts';
import { replaceLinks } from './replace-links.ts';

export type SlipHolder = {
	personId: string;
	name: string;
	staffNumber: string;
	unitName: string | null;
	hasPassword: boolean;
};

/** Why somebody gets no slip from this actor. */
export type SlipRefusal = 'own-case' | 'beyond-own' | 'left';

export type Slip = SlipHolder & { code: string; expiresAt: Date };
export type SlipPlan = { ready: SlipHolder[]; refused: (SlipHolder & { reason: SlipRefusal })[] };

/**
 * Whom of these people a slip can be issued to, and why not to the others; by unit in official order, then by name.
 * @throws not-found person.not-found where one of them is out of reach
 */
export async function planSlips(
	ctx: Context,
	{ personIds }: v.InferOutput<typeof schemas.issueSlips>
): Promise<SlipPlan> {
	const rows = await ctx.db
		.select({
			personId: people.id,
			name: people.name,
			staffNumber: people.staffNumber,
			status: people.status,
			unitName: units.name,
			path: units.path,
			hasPassword: sql<boolean>`exists (select 1 from accounts a where a.person_id = ${people.id} and a.password_hash is not null)`
		})
		.from(people)
		.leftJoin(units, eq(units.id, people.unitId))
		.where(inArray(people.id, personIds))
		.orderBy(asc(units.path), sql`${people.name} collate "zh-x-icu"`, asc(people.id));
	if (rows.length < new Set(personIds).size) throw notFound('person');
	for (const { path } of rows) demandWithin(ctx, 'account:issue', path, 'person');

	const beyond = await listBeyondReach(ctx, personIds);
	const plan: SlipPlan = { ready: [], refused: [] };
	for (const { status, path: _, ...holder } of rows) {
		if (holder.personId === ctx.actor.personId) plan.refused.push({ ...holder, reason: 'own-case' });
		else if (beyond.has(holder.personId)) plan.refused.push({ ...holder, reason: 'beyond-own' });
		else if (status === 'left') plan.refused.push({ ...holder, reason: 'left' });
		else plan.ready.push(holder);
	}
	return plan;
}

/** Issues slips to all of them who can get one. The codes are returned this once, for printing; they are kept nowhere. */
export function issueSlips(
	ctx: Context,
	input: v.InferOutput<typeof schemas.issueSlips>
): Promise<{ slips: Slip[]; refused: SlipPlan['refused'] }> {
	return atomically(ctx, async (ctx) => {
		const { ready, refused } = await planSlips(ctx, input);
		const links = await replaceLinks(
			ctx,
			ready.map(({ personId }) => personId),
			'slip'
		);
		const byPerson = new Map(links.map((link) => [link.personId, link]));
		const slips = ready.flatMap((holder) => {
			const link = byPerson.get(holder.personId);
			return link ? [{ ...holder, code: inGroups(link.secret), expiresAt: link.expiresAt }] : [];
		});
		return { slips, refused };
	});
}
