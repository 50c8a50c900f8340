import { sql } from 'drizzle-orm';
import { grants } from '#db/schema/units.ts';
import type { SignedIn } from '../platform/context.ts';
import { addDays, dateOf } from '../platform/dates.ts';
import type { Role } from '../platform/roles.ts';

export type Loan = {
	id: string;
	role: Role;
	unit: string;
	/** Who acts, and for whom. */
	deputy: string;
	lender: string;
	startsOn: string;
	/** Last day of it. */
	lastDay: string;
	isInForce: boolean;
	/** Lent by the reader, or borrowed. */
	isLent: boolean;
};

/** What the actor lends and borrows, now or from a later day. */
export async function listOwnLoans({ db, actor, now }: SignedIn): Promise<Loan[]> {
	const today = dateOf(now);
	type Row = Omit<Loan, 'lastDay' | 'isInForce'> & { endsOn: string };
	const { rows } = await db.execute<Row>(sql`
		select loan.id, loan.role, u.name as unit, deputy.name as deputy, lender.name as lender, loan.starts_on::text as "startsOn",
			loan.ends_on::text as "endsOn", own.person_id = ${actor.personId} as "isLent"
		from ${grants} loan join ${grants} own on own.id = loan.lent_by_grant_id join units u on u.id = loan.unit_id
		join people deputy on deputy.id = loan.person_id join people lender on lender.id = own.person_id
		where loan.revoked_at is null and loan.ends_on > ${today} and ${actor.personId}::uuid in (own.person_id, loan.person_id)
		order by loan.starts_on, loan.id`);
	return rows.map(({ endsOn, ...loan }) => ({
		...loan,
		lastDay: addDays(endsOn, -1),
		isInForce: loan.startsOn <= today
	}));
}

export type LendableGrant = {
	id: string;
	role: Role;
	unitId: string;
	unit: string;
	path: string;
	lastDay: string | null;
};

/** The actor's own roles that can be lent: not those that are lent to them. */
export async function listLendable({ db, actor, now }: SignedIn): Promise<LendableGrant[]> {
	const today = dateOf(now);
	const { rows } = await db.execute<Omit<LendableGrant, 'lastDay'> & { endsOn: string | null }>(sql`
		select g.id, g.role, u.id as "unitId", u.name as unit, u.path::text, g.ends_on::text as "endsOn"
		from ${grants} g join units u on u.id = g.unit_id
		where g.person_id = ${actor.personId} and g.lent_by_grant_id is null and g.revoked_at is null and g.starts_on <= ${today}
			and (g.ends_on is null or g.ends_on > ${today})
		order by nlevel(u.path), g.role, g.id`);
	return rows.map(({ endsOn, ...grant }) => ({ ...grant, lastDay: endsOn && addDays(endsOn, -1) }));
}

/** The open units over which a grant can be lent: its own and those below, in the order of the tree. @param most no more than these */
export async function listLendableUnits({ db }: SignedIn, path: string, most = 400) {
	const { rows } = await db.execute<{ id: string; name: string; depth: number }>(sql`
		select id, name, nlevel(path) - nlevel(${path}::ltree) as depth from units
		where path <@ ${path}::ltree and closed_on is null order by nlevel(path) > nlevel(${path}::ltree) + 2, path limit ${most}`);
	return rows;
}
