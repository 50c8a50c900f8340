import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { passwordLinks } from '#db/schema/sessions.ts';
import { digest } from '#lib/server/platform/ids.ts';
import { issueLink } from '#lib/server/sessions/issue-link.ts';
import { getLink } from '#lib/server/sessions/queries.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aGrant, as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const medium = 'slip' as const;

test('gives the secret once and keeps its digest alone', async ({ ctx: base }) => {
	const unit = await aUnit(base);
	const ctx = as(base, (await aPerson(base, { unit })).id, { role: 'hr', unit });
	const person = await aPerson(base, { unit });

	const secret = await issueLink(ctx, { personId: person.id, medium });
	expect(await getLink(ctx, secret)).toMatchObject({ personId: person.id, isFirst: true });
	const [stored] = await ctx.db.select().from(passwordLinks);
	expect(stored).toMatchObject({ secretHash: digest(secret), createdBy: ctx.actor.personId });
	expect(JSON.stringify(stored)).not.toContain(secret);

	const [line] = await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'link.issued'));
	expect(line).toMatchObject({ subjectId: person.id, actorId: ctx.actor.personId, details: { medium } });
	expect(JSON.stringify(line)).not.toContain(secret);
});

test('replaces the link that was on its way', async ({ ctx: base }) => {
	const unit = await aUnit(base);
	const ctx = as(base, (await aPerson(base, { unit })).id, { role: 'hr', unit });
	const { id: personId } = await aPerson(base, { unit });

	const first = await issueLink(ctx, { personId, medium });
	const second = await issueLink(ctx, { personId, medium });
	await expect(getLink(ctx, first)).rejects.toThrow('link.not-found');
	expect(await getLink(ctx, second)).toMatchObject({ personId });
});

test('refuses out of reach, for oneself, and for whoever holds more', async ({ ctx: base }) => {
	const province = await theProvince(base);
	const unit = await aUnit(base);
	const liaison = await aPerson(base, { unit });
	const ctx = as(base, liaison.id, { role: 'liaison', unit });
	const issue = (personId: string) => issueLink(ctx, { personId, medium });

	await expect(issue(liaison.id)).rejects.toThrow('access.own-case');
	await expect(issue((await aPerson(base)).id)).rejects.toThrow('person.not-found');
	await expect(issue((await aPerson(base, { unit, status: 'left', leftOn: '2026-01-01' })).id)).rejects.toThrow(
		'account.left'
	);

	for (const { role, over } of [
		{ role: 'admin' as const, over: unit },
		{ role: 'auditor' as const, over: unit },
		{ role: 'liaison' as const, over: province }
	]) {
		const person = await aPerson(base, { unit });
		await aGrant(base, person.id, role, over);
		await expect(issue(person.id), role).rejects.toThrow('access.beyond-own');
	}
	const peer = await aPerson(base, { unit });
	await aGrant(base, peer.id, 'liaison', unit);
	await issue(peer.id);
});
