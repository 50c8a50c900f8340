import { eq } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { atomically, type Context } from '#lib/server/platform/context.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { conflict } from '#lib/server/platform/errors.ts';
import { hire } from '#lib/server/people/hire.ts';
import { nameAccount } from '#lib/server/sessions/name-account.ts';
import { openAccount } from '#lib/server/sessions/open-account.ts';
import { grantRole } from '#lib/server/units/grant-role.ts';
import { openRoot } from '#lib/server/units/open-root.ts';
import { findRoot, type Unit } from '#lib/server/units/queries.ts';
import { WrongUsage } from './command.ts';

export type Appointment = { username: string; name?: string; staffNumber?: string; unitName?: string };

/**
 * Appoints an administrator of everything, as whoever has a shell on the server may; in an empty database it makes the topmost
 * unit first.
 * @returns the person's id
 */
export function appointAdministrator(ctx: Context, appointment: Appointment): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const root = await rootFor(ctx, appointment.unitName);
		// Nobody in person, with the reach of an administrator: the first one has nobody to be appointed by.
		const acting = { ...ctx, actor: { ...ctx.actor, grants: [{ role: 'admin' as const, unitPath: root.path }] } };

		const personId = await personFor(acting, appointment, root);
		await nameAccount(acting, { personId, username: appointment.username });
		await grantRole(acting, { personId, role: 'admin', unitId: root.id, from: dateOf(ctx.now), until: null });
		return personId;
	});
}

async function rootFor(ctx: Context, unitName: string | undefined): Promise<Unit> {
	const root = await findRoot(ctx);
	if (root) return root;
	if (!unitName?.trim()) throw new WrongUsage('The database is empty: name the topmost unit with --unit-name');
	return openRoot(ctx, unitName.trim());
}

/** Whoever is on the roster under that staff number, else somebody new. */
async function personFor(
	ctx: Context,
	{ username, name, staffNumber = username }: Appointment,
	root: Unit
): Promise<string> {
	const [known] = await ctx.db.select().from(people).where(eq(people.staffNumber, staffNumber));
	if (known && known.status !== 'active') throw conflict('person.not-active');
	if (known) {
		await openAccount(ctx, known.id);
		return known.id;
	}
	return hire(ctx, {
		staffNumber,
		name: name ?? username,
		email: null,
		joinedOn: null,
		establishment: null,
		unitId: root.id,
		title: '',
		leadershipLevel: null,
		rank: null,
		startsOn: dateOf(ctx.now),
		document: null
	});
}
