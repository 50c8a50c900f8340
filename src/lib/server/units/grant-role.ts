import type * as v from 'valibot';
import { people } from '#db/schema/people.ts';
import { grants, units } from '#db/schema/units.ts';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { grantable } from '#lib/schemas/grants.ts';
import type * as schemas from '#lib/schemas/grants.ts';
import { abilitiesOf, type Ability } from '../access/abilities.ts';
import { can, demandNotOwn, demandWithin, rootsOf } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { announce } from '../platform/announce.ts';
import { atomically, type Actor, type Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { conflict, forbidden, invalid, notFound, violatedConstraint } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import type { Role } from '../platform/roles.ts';
import { getUnit } from './queries.ts';

/** Nobody hands on an ability, or a part of the tree, that they do not hold themselves. */
export function mayGrant(actor: Actor, role: Role, unitPath: string): boolean {
	return can(actor, 'role:grant', unitPath) && holdsAllOf(actor, role, unitPath);
}

/** Whether the actor may do over that unit whatever the role allows there; an administrator may hand on everything. */
export function holdsAllOf(actor: Actor, role: Role, unitPath: string): boolean {
	return isAdmin(actor, unitPath) || abilitiesOf[role].every((ability) => can(actor, ability, unitPath));
}

/** The roles that the actor may grant somewhere, each with what it allows. */
export function listGrantable({ actor }: Context): { role: Role; abilities: Ability[] }[] {
	const places = rootsOf(actor, 'role:grant');
	return grantable
		.filter((role) => places.some((path) => mayGrant(actor, role, path)))
		.map((role) => ({ role, abilities: [...abilitiesOf[role]] }));
}

/** Administrators appoint the holders of every role: somebody has to, when the platform is new. */
function isAdmin(actor: Actor, unitPath: string): boolean {
	return can(actor, 'settings:edit', unitPath);
}

/**
 * Gives somebody else a role over a unit and everything below it, from a date on.
 * @throws forbidden access.beyond-own | access.own-case, conflict grant.exists, not-found unit | person
 */
export function grantRole(
	ctx: Context,
	{ personId, role, unitId, from, until }: v.InferOutput<typeof schemas.grantRole>
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const unit = await getUnit(ctx, unitId, 'role:grant');
		await demandPersonWithin(ctx, personId);
		demandNotOwn(ctx, personId);
		if (!mayGrant(ctx.actor, role, unit.path)) throw forbidden('access.beyond-own');
		if (until !== null && until <= from) throw invalid('grant.ends-before', { field: 'until' });

		const id = newId();
		await atomically(ctx, ({ db, actor, now }) =>
			db.insert(grants).values({
				id,
				personId,
				role,
				unitId,
				startsOn: from,
				endsOn: until,
				grantedBy: actor.personId,
				grantedAt: now
			})
		).catch((error: unknown) => {
			if (violatedConstraint(error) === 'grants_one_live') throw conflict('grant.exists');
			throw error;
		});
		await record(ctx, 'role.granted', personId, { grantId: id, role, unitId, from, until });
		return id;
	});
}

/**
 * Takes a role back at once. What one may grant, one may take back; an administrator may take back everything.
 * @throws forbidden access.beyond-own | access.own-case, not-found grant
 */
export function revokeRole(ctx: Context, { grantId }: v.InferOutput<typeof schemas.revokeRole>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const [held] = await ctx.db
			.select({ grant: grants, path: units.path })
			.from(grants)
			.innerJoin(units, eq(units.id, grants.unitId))
			.where(and(eq(grants.id, grantId), isNull(grants.revokedAt)))
			.for('update', { of: grants });
		if (!held) throw notFound('grant');
		demandWithin(ctx, 'role:grant', held.path, 'grant');
		demandNotOwn(ctx, held.grant.personId);
		if (!mayGrant(ctx.actor, held.grant.role, held.path)) throw forbidden('access.beyond-own');

		await ctx.db
			.update(grants)
			.set({ revokedAt: ctx.now, revokedBy: ctx.actor.personId })
			.where(eq(grants.id, grantId));
		// What was lent of it ends with it (trigger).
		const lent = await ctx.db
			.select({ id: grants.id })
			.from(grants)
			.where(and(eq(grants.lentByGrantId, grantId), eq(grants.revokedAt, ctx.now)));
		await announce(ctx, 'role.returned', { grantIds: [grantId, ...lent.map(({ id }) => id)] });
		await record(ctx, 'role.revoked', held.grant.personId, { grantId, on: dateOf(ctx.now) });
	});
}

async function demandPersonWithin(ctx: Context, personId: string): Promise<void> {
	const [person] = await ctx.db
		.select({ path: units.path })
		.from(people)
		.innerJoin(units, eq(units.id, people.unitId))
		.where(and(eq(people.id, personId), sql`${people.status} = 'active'`));
	demandWithin(ctx, 'role:grant', person?.path, 'person');
}
