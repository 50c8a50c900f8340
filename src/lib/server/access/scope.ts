import { type AnyColumn, type SQL, sql } from 'drizzle-orm';
import type { Actor, Context, Grant } from '../platform/context.ts';
import { forbidden, notFound } from '../platform/errors.ts';
import { type Ability, carries, neverLent } from './abilities.ts';

/** Paths of the units over which the actor holds a role that carries the ability. */
export function rootsOf(actor: Actor, ability: Ability): string[] {
	return actor.grants.filter((grant) => allows(grant, ability)).map((grant) => grant.unitPath);
}

const allows = ({ role, lent }: Grant, ability: Ability): boolean =>
	carries(role, ability) && !(lent && neverLent.includes(ability));

/** Whether a unit lies at or below another: `p.c1.o3` within `p.c1`. */
export function isWithin(unitPath: string, root: string): boolean {
	return unitPath === root || unitPath.startsWith(`${root}.`);
}

/** May the actor do this to something that belongs to that unit? */
export function can(actor: Actor, ability: Ability, unitPath: string): boolean {
	return rootsOf(actor, ability).some((root) => isWithin(unitPath, root));
}

/** The same question, asked of a whole list in SQL. */
export function within(actor: Actor, ability: Ability, unitPath: AnyColumn | SQL): SQL {
	return sql`${unitPath} <@ any(${sql.param(rootsOf(actor, ability))}::ltree[])`; // no roots, no rows
}

/** May the actor do this anywhere at all? Decides whether a page exists for them. */
export function canSomewhere(actor: Actor, ability: Ability): boolean {
	return actor.grants.some((grant) => allows(grant, ability));
}

/** May the actor do this in the whole tree? */
export function canEverywhere(actor: Actor, ability: Ability): boolean {
	return rootsOf(actor, ability).some((root) => !root.includes('.'));
}

/** Refuses who may do this nowhere. @throws forbidden access.forbidden */
export function demand({ actor }: Context, ability: Ability): void {
	if (!canSomewhere(actor, ability)) throw forbidden();
}

/** Refuses who may not do this in the whole tree: what holds for everybody is not for a part of it to decide. @throws forbidden access.forbidden */
export function demandEverywhere({ actor }: Context, ability: Ability): void {
	if (!canEverywhere(actor, ability)) throw forbidden();
}

/** Refuses, as if it did not exist, a thing outside the actor's reach. @throws not-found <noun>.not-found */
export function demandWithin(
	{ actor }: Context,
	ability: Ability,
	unitPath: string | null | undefined,
	noun: string
): void {
	if (unitPath == null || !can(actor, ability, unitPath)) throw notFound(noun);
}

/** Refuses a decision in one's own case. @throws forbidden access.own-case */
export function demandNotOwn({ actor }: Context, personId: string): void {
	if (actor.personId === personId) throw forbidden('access.own-case');
}
