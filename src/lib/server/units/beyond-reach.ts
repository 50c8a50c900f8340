import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import { grants, units } from '#db/schema/units.ts';
import type { Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { holdsAllOf } from './grant-role.ts';

/**
 * Which of these people hold, or will hold, a role that the actor does not hold themselves. Whoever could sign in as them
 * would act beyond their own reach, so their way in is none of the actor's business.
 */
export async function listBeyondReach({ db, actor, now }: Context, personIds: string[]): Promise<Set<string>> {
	const held = await db
		.select({ personId: grants.personId, role: grants.role, path: units.path })
		.from(grants)
		.innerJoin(units, eq(units.id, grants.unitId))
		.where(
			and(
				inArray(grants.personId, personIds),
				isNull(grants.revokedAt),
				or(isNull(grants.endsOn), gt(grants.endsOn, dateOf(now)))
			)
		);
	return new Set(held.filter(({ role, path }) => !holdsAllOf(actor, role, path)).map(({ personId }) => personId));
}
