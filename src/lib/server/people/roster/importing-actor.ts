import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { grants, units } from '#db/schema/units.ts';
import { type Actor, type Context, platformActor } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';

/** Whoever uploaded a file, with the roles that they hold today: a job reaches no further than they do. */
export async function importingActor({ db, now }: Context, personId: string | null): Promise<Actor> {
	if (personId === null) return platformActor;
	const today = dateOf(now);
	const [home] = await db
		.select({ path: units.path })
		.from(people)
		.innerJoin(units, eq(units.id, people.unitId))
		.where(eq(people.id, personId));
	const held = await db
		.select({ role: grants.role, unitPath: units.path })
		.from(grants)
		.innerJoin(units, eq(units.id, grants.unitId))
		.where(
			and(
				eq(grants.personId, personId),
				isNull(grants.revokedAt),
				lte(grants.startsOn, today),
				or(isNull(grants.endsOn), gt(grants.endsOn, today))
			)
		);
	return { personId, unitPath: home?.path ?? null, grants: held };
}
