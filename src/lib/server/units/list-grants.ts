import { and, asc, eq, gt, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { grants, units } from '#db/schema/units.ts';
import type { SignedIn } from '../platform/context.ts';
import { type CalendarDate, dateOf } from '../platform/dates.ts';

/** The actor's own roles that hold today, widest first. */
export function listOwnGrants({ db, actor, now }: SignedIn) {
	return db
		.select({
			id: grants.id,
			role: grants.role,
			unitName: units.name,
			endsOn: grants.endsOn,
			isLent: sql<boolean>`${grants.lentByGrantId} is not null`
		})
		.from(grants)
		.innerJoin(units, eq(units.id, grants.unitId))
		.where(and(eq(grants.personId, actor.personId), lte(grants.startsOn, dateOf(now)), isStanding(dateOf(now))))
		.orderBy(sql`nlevel(${units.path})`, asc(grants.role));
}

/** Not taken back and not over on that day: it holds, or will. */
export const isStanding = (day: CalendarDate): SQL | undefined =>
	and(isNull(grants.revokedAt), or(isNull(grants.endsOn), gt(grants.endsOn, day)));
