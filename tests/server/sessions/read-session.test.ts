import { eq } from 'drizzle-orm';
import { afterEach, expect, vi } from 'vitest';
import { people } from '#db/schema/people.ts';
import { accounts, sessions } from '#db/schema/sessions.ts';
import { grants } from '#db/schema/units.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { digest, newId } from '#lib/server/platform/ids.ts';
import { notify } from '#lib/server/notifications/notify.ts';
import { readSession } from '#lib/server/sessions/read-session.ts';
import { tidyUp } from '#lib/server/sessions/tidy-up.ts';
import { anAccount } from '#tests/factories/accounts.ts';
import { anObligation } from '#tests/factories/programmes.ts';
import { aSession, isSignedIn } from '#tests/factories/sessions.ts';
import { aUnit } from '#tests/factories/units.ts';
import { test, testNow } from '#tests/setup/test.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Lucia reads the clock of the process. */
const moveTo = (instant: number) => vi.useFakeTimers({ toFake: ['Date'], now: instant });
afterEach(() => void vi.useRealTimers());

async function expiryOf({ db }: Context, session: string): Promise<number | undefined> {
	const [row] = await db
		.select({ expiresAt: sessions.expiresAt })
		.from(sessions)
		.where(eq(sessions.id, digest(session)));
	return row?.expiresAt.getTime();
}

test('knows who it is; the table holds no way in', async ({ ctx }) => {
	const person = await anAccount(ctx);
	const id = await aSession(ctx, person.id);
	expect(await readSession(ctx, { brief: id, remembered: undefined })).toMatchObject({
		name: person.name,
		actor: { personId: person.id, grants: [] }
	});

	const stored = await expiryOf(ctx, id);
	expect(stored).toBeGreaterThan(0);
	expect(await isSignedIn(ctx, digest(id))).toBe(false);
});

test.for([
	{ remembered: false, lifetime: 12 * hour },
	{ remembered: true, lifetime: 30 * day }
])('slides in its second half (remembered: $remembered)', async ({ remembered, lifetime }, { ctx }) => {
	const start = testNow.getTime();
	moveTo(start);
	const id = await aSession(ctx, (await anAccount(ctx)).id, { remembered });
	const look = () =>
		readSession(ctx, remembered ? { brief: undefined, remembered: id } : { brief: id, remembered: undefined });
	expect(await expiryOf(ctx, id)).toBe(start + lifetime);

	moveTo(start + lifetime / 2 - 1);
	expect((await look())?.session.fresh).toBe(false);
	moveTo(start + lifetime / 2);
	expect((await look())?.session.fresh).toBe(true);
	expect(await expiryOf(ctx, id)).toBe(start + 1.5 * lifetime);

	moveTo(start + 1.5 * lifetime);
	expect(await look()).toBeUndefined();
	expect(await expiryOf(ctx, id)).toBeUndefined();
});

test('counts for the frame what is open and what is unread, of the holder alone', async ({ ctx }) => {
	const [person, other] = [await anAccount(ctx), await anAccount(ctx)];
	await anObligation(ctx, { person });
	await anObligation(ctx, { person: other });
	await anObligation(ctx, { person, withdrawnAt: ctx.now, withdrawnBecause: '计划调整' });
	await notify(ctx, [person.id, other.id], { kind: 'reminded', occasion: 'x', href: '/courses/x' });

	const id = await aSession(ctx, person.id);
	expect((await readSession(ctx, { brief: id, remembered: undefined }))?.counts).toEqual({ unread: 1, todo: 1 });
	const bare = await readSession(ctx, { brief: id, remembered: undefined }, false);
	expect(bare).toMatchObject({ actor: { personId: person.id }, counts: { unread: 0, todo: 0 } });
});

test('a brief session does not last longer under the other cookie', async ({ ctx }) => {
	const id = await aSession(ctx, (await anAccount(ctx)).id);
	expect(await readSession(ctx, { brief: undefined, remembered: id })).toBeUndefined();
	expect(await isSignedIn(ctx, id)).toBe(true);
});

test('counts a role from its first day to before its last', async ({ ctx }) => {
	const unit = await aUnit(ctx);
	const person = await anAccount(ctx);
	const id = await aSession(ctx, person.id);
	await ctx.db.insert(grants).values({
		id: newId(),
		personId: person.id,
		role: 'leader',
		unitId: unit.id,
		startsOn: '2026-11-24',
		endsOn: '2026-11-26',
		grantedAt: ctx.now
	});
	const rolesOn = async (instant: string) =>
		(await readSession({ ...ctx, now: new Date(instant) }, { brief: id, remembered: undefined }))?.actor.grants.map(
			({ role }) => role
		);

	expect(await rolesOn('2026-11-23T15:59:59Z')).toEqual([]); // still the 23rd in Shanghai
	expect(await rolesOn('2026-11-23T16:00:00Z')).toEqual(['leader']);
	expect(await rolesOn('2026-11-25T15:59:59Z')).toEqual(['leader']);
	expect(await rolesOn('2026-11-25T16:00:00Z')).toEqual([]);
});

test('ends with the account, and when its holder leaves', async ({ ctx }) => {
	const [disabled, gone, retired] = [await anAccount(ctx), await anAccount(ctx), await anAccount(ctx)];
	const [one, two, three] = [
		await aSession(ctx, disabled.id),
		await aSession(ctx, gone.id),
		await aSession(ctx, retired.id)
	];

	await ctx.db.update(accounts).set({ disabledAt: ctx.now }).where(eq(accounts.personId, disabled.id));
	await ctx.db.update(people).set({ status: 'left', leftOn: '2026-11-01' }).where(eq(people.id, gone.id));
	await ctx.db.update(people).set({ status: 'retired', leftOn: '2026-11-01' }).where(eq(people.id, retired.id));
	expect([await isSignedIn(ctx, one), await isSignedIn(ctx, two), await isSignedIn(ctx, three)]).toEqual([
		false,
		false,
		true
	]);
});

test('expired ones are tidied away, others stay', async ({ ctx }) => {
	const person = await anAccount(ctx);
	moveTo(testNow.getTime());
	const [brief, lasting] = [await aSession(ctx, person.id), await aSession(ctx, person.id, { remembered: true })];
	await tidyUp({ ...ctx, now: new Date(testNow.getTime() + day) });
	expect(await expiryOf(ctx, brief)).toBeUndefined();
	expect(await expiryOf(ctx, lasting)).toBeGreaterThan(0);
});
