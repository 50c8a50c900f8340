import { sql } from 'drizzle-orm';
import type { Facts } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';
import { addDays, dateOf } from '../platform/dates.ts';
import { notify } from './notify.ts';

type Loan = {
	id: string;
	role: string;
	unit: string;
	deputy: string;
	lender: string;
	deputyId: string;
	lenderId: string;
	startsOn: string;
	endsOn: string;
};

/** A day on which nothing ran is made up for; what ended longer ago is not news. */
const lately = 7;

/** Whoever is to act for somebody is told, with the days. */
export async function tellOfLoan(ctx: Context, { grantId }: Facts['role.lent']): Promise<void> {
	for (const loan of await readLoans(ctx, sql`loan.id = ${grantId}`)) {
		const { role, unit, lender: name, startsOn: on, endsOn } = loan;
		await notify(ctx, [loan.deputyId], {
			...{ kind: 'role_lent', occasion: loan.id, href: '/account/deputies' },
			values: { role, unit, name, on, dueOn: addDays(endsOn, -1) }
		});
	}
}

/** A loan that was ended early: the deputy is told, and its owner, whoever of them did not end it themselves. */
export const tellOfReturn = (ctx: Context, { grantIds }: Facts['role.returned']): Promise<void> =>
	tellOfEnd(ctx, sql`loan.id = any(${sql.param(grantIds)}::uuid[])`);

/** Loans that ended by themselves: told on the day after their last one. Runs every day, and tells each end once. */
export function tellOfEndedLoans(ctx: Context): Promise<void> {
	const today = dateOf(ctx.now);
	return tellOfEnd(
		ctx,
		sql`loan.revoked_at is null and loan.ends_on between ${addDays(today, -lately)}::date and ${today}::date`
	);
}

async function tellOfEnd(ctx: Context, which: ReturnType<typeof sql>): Promise<void> {
	for (const { id, role, unit, deputy, lender, deputyId, lenderId } of await readLoans(ctx, which)) {
		const told = { kind: 'role_returned' as const, occasion: id, href: '/account/deputies' };
		if (ctx.actor.personId !== deputyId)
			await notify(ctx, [deputyId], { ...told, values: { role, unit, name: lender, own: false } });
		if (ctx.actor.personId !== lenderId)
			await notify(ctx, [lenderId], { ...told, values: { role, unit, name: deputy, own: true } });
	}
}

async function readLoans({ db }: Context, which: ReturnType<typeof sql>): Promise<Loan[]> {
	const { rows } = await db.execute<Loan>(sql`
		select loan.id, loan.role, u.name as unit, deputy.name as deputy, lender.name as lender, deputy.id as "deputyId", lender.id as "lenderId",
			loan.starts_on::text as "startsOn", loan.ends_on::text as "endsOn"
		from grants loan join grants own on own.id = loan.lent_by_grant_id join units u on u.id = loan.unit_id
		join people deputy on deputy.id = loan.person_id join people lender on lender.id = own.person_id
		where ${which} order by loan.id`);
	return rows;
}
