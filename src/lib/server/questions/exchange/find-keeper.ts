import { and, asc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { grants, units } from '#db/schema/units.ts';
import type { Context } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { notFound } from '../../platform/errors.ts';

export interface Keeping {
	/** What the command acts in: with the legal division's reach over the whole tree, unless somebody is named. */
	ctx: Context;
	unit: { id: string; path: string };
}

/** A unit by its code, or the root, and a context that may keep its questions. @throws not-found unit.not-found */
export async function keepingOf(ctx: Context, unitCode: string | undefined): Promise<Keeping> {
	const fields = { id: units.id, path: units.path };
	const [root] = await ctx.db.select(fields).from(units).where(isNull(units.parentId));
	const [unit] =
		unitCode === undefined ? [root] : await ctx.db.select(fields).from(units).where(eq(units.code, unitCode));
	if (!root || !unit) throw notFound('unit');
	const actor = { personId: null, unitPath: null, grants: [{ role: 'legal' as const, unitPath: root.path }] };
	return { ctx: { ...ctx, actor }, unit };
}

/**
 * In whose name questions come in when nobody is named: who keeps the bank of that unit or of the nearest one above it; an
 * administrator where nobody does. @throws not-found person.not-found
 */
export async function keeperOf({ db, now }: Context, unitPath: string): Promise<string> {
	const today = dateOf(now);
	const [keeper] = await db
		.select({ id: people.id })
		.from(grants)
		.innerJoin(people, eq(people.id, grants.personId))
		.innerJoin(units, eq(units.id, grants.unitId))
		.where(
			and(
				inArray(grants.role, ['legal', 'author', 'admin']),
				sql`${units.path} @> ${unitPath}::ltree`,
				isNull(grants.revokedAt),
				lte(grants.startsOn, today),
				or(isNull(grants.endsOn), gt(grants.endsOn, today)),
				eq(people.status, 'active')
			)
		)
		.orderBy(
			sql`${grants.role} = 'admin'`,
			sql`nlevel(${units.path}) desc`,
			asc(grants.role),
			asc(grants.startsOn),
			asc(people.staffNumber)
		)
		.limit(1);
	if (!keeper) throw notFound('person');
	return keeper.id;
}
