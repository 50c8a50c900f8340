import { expect } from 'vitest';
import { digest } from '#lib/server/platform/ids.ts';
import { endOtherSessions, endSession } from '#lib/server/sessions/end-session.ts';
import { listOwnSessions } from '#lib/server/sessions/queries.ts';
import { anAccount } from '#tests/factories/accounts.ts';
import { aSession, isSignedIn } from '#tests/factories/sessions.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

test('lists one’s own sessions, and ends one of them', async ({ ctx: base }) => {
	const [person, other] = [await anAccount(base), await anAccount(base)];
	const ctx = as(base, person.id);
	const [here, there] = [
		await aSession(ctx, person.id),
		await aSession(ctx, person.id, { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0', address: '192.0.2.9' })
	];
	const foreign = await aSession(ctx, other.id);

	const listed = await listOwnSessions(ctx, here);
	expect(listed).toHaveLength(2);
	expect(listed.find(({ isCurrent }) => isCurrent)?.key).toBe(digest(here));
	const remote = listed.find(({ isCurrent }) => !isCurrent);
	expect(remote).toMatchObject({ address: '192.0.2.9', device: { browser: 'Firefox', system: 'Linux' } });

	await endSession(ctx, { key: remote?.key ?? '' });
	expect([await isSignedIn(ctx, here), await isSignedIn(ctx, there)]).toEqual([true, false]);
	await expect(endSession(ctx, { key: digest(foreign) })).rejects.toThrow('session.not-found');
	expect(await isSignedIn(ctx, foreign)).toBe(true);
});

test('what is listed is no way in', async ({ ctx: base }) => {
	const person = await anAccount(base);
	const ctx = as(base, person.id);
	await aSession(ctx, person.id);
	const [listed] = await listOwnSessions(ctx, '');
	expect(await isSignedIn(ctx, listed?.key ?? '')).toBe(false);
});

test('ends all others', async ({ ctx: base }) => {
	const person = await anAccount(base);
	const ctx = as(base, person.id);
	const [here, ...others] = [
		await aSession(ctx, person.id),
		await aSession(ctx, person.id),
		await aSession(ctx, person.id, { remembered: true })
	];
	expect(await endOtherSessions(ctx, here ?? '')).toBe(others.length);
	expect(await listOwnSessions(ctx, here ?? '')).toHaveLength(1);
	expect(await endOtherSessions(ctx, here ?? '')).toBe(0);
});
