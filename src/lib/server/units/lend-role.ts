import { and, eq, isNull, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { people } from '#db/schema/people.ts';
import { grants, units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/grants.ts';
import { isWithin } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { announce } from '../platform/announce.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { addDays, addMonths, dateOf } from '../platform/dates.ts';
import { conflict, forbidden, invalid, notFound, violatedConstraint } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';

/** The longest time for which a role is lent. */
export const mostMonths = 12;

/**
 * Lends a role of one's own to somebody who works in its unit or below (代理): over the whole unit or one below it, from a day
 * to a day, both included. Never a role that is lent already, never longer than one's own; it ends by itself.
 * @throws not-found grant | unit | person, forbidden access.own-case, conflict deputy.lent-already | grant.exists,
 * invalid deputy.begins-before | deputy.ends-before | deputy.too-long | deputy.beyond-own-time
 */
export function lendRole(
	ctx: SignedIn,
	{ grantId, unitId, personId, from, until }: v.InferOutput<typeof schemas.lendRole>
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const { own, path } = await lockOwnGrant(ctx, grantId);
		if (own.lentByGrantId !== null) throw conflict('deputy.lent-already');
		if (personId === ctx.actor.personId) throw forbidden('access.own-case');
		const endsOn = addDays(until, 1);
		if (from < dateOf(ctx.now) || from < own.startsOn) throw invalid('deputy.begins-before', { field: 'from' });
		if (until < from) throw invalid('deputy.ends-before', { field: 'until' });
		if (endsOn > addMonths(from, mostMonths)) {
			throw invalid('deputy.too-long', { field: 'until', values: { months: mostMonths } });
		}
		if (own.endsOn !== null && endsOn > own.endsOn) {
			throw invalid('deputy.beyond-own-time', { field: 'until', values: { date: addDays(own.endsOn, -1) } });
		}
		await demandWithinGrant(ctx, path, { unitId, personId });

		const id = newId();
		const row = { id, personId, role: own.role, unitId, startsOn: from, endsOn, lentByGrantId: own.id };
		await atomically(ctx, ({ db, actor, now }) =>
			db.insert(grants).values({ ...row, grantedBy: actor.personId, grantedAt: now })
		).catch((error: unknown) => {
			if (violatedConstraint(error) === 'grants_one_live') throw conflict('grant.exists', { field: 'personId' });
			throw error;
		});
		await record(ctx, 'role.lent', personId, {
			grantId: id,
			lentByGrantId: own.id,
			role: own.role,
			unitId,
			from,
			until
		});
		await announce(ctx, 'role.lent', { grantId: id });
		return id;
	});
}

/** Ends a loan at once: whoever lent it may, and whoever borrowed it. @throws not-found grant */
export function endLoan(ctx: SignedIn, { grantId }: v.InferOutput<typeof schemas.endLoan>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { rows } = await ctx.db.execute<{ personId: string }>(sql`
			select loan.person_id as "personId" from ${grants} loan join ${grants} own on own.id = loan.lent_by_grant_id
			where loan.id = ${grantId} and loan.revoked_at is null and ${ctx.actor.personId}::uuid in (loan.person_id, own.person_id)
			for update of loan`);
		const [loan] = rows;
		if (!loan) throw notFound('grant');
		await ctx.db
			.update(grants)
			.set({ revokedAt: ctx.now, revokedBy: ctx.actor.personId })
			.where(eq(grants.id, grantId));
		await announce(ctx, 'role.returned', { grantIds: [grantId] });
		await record(ctx, 'role.loan-ended', loan.personId, { grantId, on: dateOf(ctx.now) });
	});
}

async function lockOwnGrant({ db, actor, now }: SignedIn, grantId: string) {
	const [held] = await db
		.select({ own: grants, path: units.path })
		.from(grants)
		.innerJoin(units, eq(units.id, grants.unitId))
		.where(and(eq(grants.id, grantId), eq(grants.personId, actor.personId), isNull(grants.revokedAt)))
		.for('update', { of: grants });
	if (!held || (held.own.endsOn !== null && held.own.endsOn <= dateOf(now))) throw notFound('grant');
	return held;
}

async function demandWithinGrant(
	{ db }: SignedIn,
	path: string,
	{ unitId, personId }: { unitId: string; personId: string }
): Promise<void> {
	const [unit] = await db
		.select({ path: units.path })
		.from(units)
		.where(and(eq(units.id, unitId), isNull(units.closedOn)));
	if (!unit || !isWithin(unit.path, path)) throw notFound('unit');
	const [person] = await db
		.select({ path: units.path })
		.from(people)
		.innerJoin(units, eq(units.id, people.unitId))
		.where(and(eq(people.id, personId), eq(people.status, 'active')));
	if (!person || !isWithin(person.path, path)) throw notFound('person');
}
