import { and, asc, eq, gt, isNull, lte, or, sql, type SQL } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { grants, units } from '#db/schema/units.ts';
import { within } from '../access/scope.ts';
import type { Context, SignedIn } from '../platform/context.ts';
import { type CalendarDate, dateOf } from '../platform/dates.ts';
import type { Role } from '../platform/roles.ts';

export type GrantFilter = {
	search?: string;
	role?: Role | null;
	unitId?: string | null;
	after?: string | null;
	before?: string | null;
};

const pageSize = 50;

/** The actor's own roles that hold today, widest first. */
export function listOwnGrants({ db, actor, now }: SignedIn) {
	return db
		.select({ id: grants.id, role: grants.role, unitName: units.name, endsOn: grants.endsOn })
		.from(grants)
		.innerJoin(units, eq(units.id, grants.unitId))
		.where(and(eq(grants.personId, actor.personId), holdsOn(dateOf(now))))
		.orderBy(sql`nlevel(${units.path})`, asc(grants.role));
}

const holdsOn = (day: CalendarDate): SQL | undefined =>
	and(isNull(grants.revokedAt), lte(grants.startsOn, day), or(isNull(grants.endsOn), gt(grants.endsOn, day)));
