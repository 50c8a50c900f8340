import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { recordLooks } from '#db/schema/records.ts';
import type { Role } from '#lib/server/platform/roles.ts';
import { roles } from '#lib/server/platform/roles.ts';
import { countLooks, eachLook, listLooks } from '#lib/server/records/looks.ts';
import { readRecordOf } from '#lib/server/records/read-record.ts';
import { anExemption } from '#tests/factories/exemptions.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

test('notes one line for each viewer and day with their count, in the audit record once, and shows it to the owner', async ({
	ctx
}) => {
	const unit = await aUnit(ctx, { name: '劳动关系处' });
	const owner = await aPerson(ctx, { unit });
	const viewer = await aPerson(ctx, { unit, name: '林素问' });
	const hr = as(ctx, viewer.id, { role: 'hr', unit });
	for (const minutes of [0, 5, 9])
		await readRecordOf({ ...hr, now: new Date(ctx.now.getTime() + minutes * 60_000) }, owner.id);
	await readRecordOf({ ...hr, now: new Date(ctx.now.getTime() + 86_400_000) }, owner.id);

	const own = as(ctx, owner.id);
	expect((await listLooks(own)).rows).toMatchObject([
		{ name: '林素问', unit: '劳动关系处', day: '2026-11-24', count: 1 },
		{ name: '林素问', unit: '劳动关系处', day: '2026-11-23', count: 3, lastAt: expect.stringContaining('02:09:00') }
	]);
	expect(await countLooks(own)).toBe(2);
	const lines = await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'record.viewed'));
	expect(lines.map(({ actorId, subjectId }) => [actorId, subjectId])).toEqual([
		[viewer.id, owner.id],
		[viewer.id, owner.id]
	]);
	expect((await listLooks(as(ctx, viewer.id))).rows).toEqual([]);
});

test('pages through many days, and hands all of them out', async ({ ctx }) => {
	const owner = await aPerson(ctx);
	const viewer = await aPerson(ctx);
	const days = Array.from({ length: 7 }, (_, day) => `2026-10-0${day + 1}`);
	await ctx.db
		.insert(recordLooks)
		.values(days.map((day) => ({ personId: owner.id, viewerId: viewer.id, day, firstAt: ctx.now, lastAt: ctx.now })));
	const own = as(ctx, owner.id);
	const first = await listLooks(own, {}, 3);
	const second = await listLooks(own, { after: first.next }, 3);
	expect([...first.rows, ...second.rows].map(({ day }) => day)).toEqual(days.toReversed().slice(0, 6));
	expect(await Array.fromAsync(eachLook(own))).toHaveLength(7);
});

test.for(roles.map((role) => ({ role, may: (['hr', 'liaison'] as Role[]).includes(role) })))(
	'$role sees the record of others within reach: $may',
	async ({ role, may }, { ctx }) => {
		const unit = await aUnit(ctx);
		const owner = await aPerson(ctx, { unit });
		const viewer = await aPerson(ctx, { unit });
		const look = readRecordOf(as(ctx, viewer.id, { role, unit }), owner.id);
		if (may) expect((await look).person.name).toBe(owner.name);
		else await expect(look).rejects.toThrow('person.not-found');
		const elsewhere = as(ctx, viewer.id, { role, unit: await aUnit(ctx) });
		await expect(readRecordOf(elsewhere, owner.id)).rejects.toThrow('person.not-found');
		expect(await countLooks(as(ctx, owner.id))).toBe(may ? 1 : 0);
	}
);

test('why somebody is exempt stays with them', async ({ ctx }) => {
	const unit = await aUnit(ctx);
	const owner = await aPerson(ctx, { unit });
	const decided = { decidedBy: (await aPerson(ctx)).id, decidedAt: ctx.now };
	await anExemption(ctx, { person: owner, state: 'approved', ...decided });
	await anExemption(ctx, { person: owner, state: 'refused', reason: '家中有事', ...decided, decidedBecause: '不符合' });
	const hr = as(ctx, (await aPerson(ctx, { unit })).id, { role: 'hr', unit });
	const seen = await readRecordOf(hr, owner.id);
	expect(seen.exemptions).toMatchObject([{ kind: 'exemption', state: 'approved', reason: '', proof: null }]);
	for (const word of ['术后休养', '家中有事', 'illness']) expect(JSON.stringify(seen)).not.toContain(word);
});

test('the database never lets go of a look', async ({ ctx }) => {
	const owner = await aPerson(ctx);
	const look = { personId: owner.id, viewerId: (await aPerson(ctx)).id, day: '2026-11-23' };
	await ctx.db.insert(recordLooks).values({ ...look, firstAt: ctx.now, lastAt: ctx.now });
	const messageOf = (error: { cause?: Error }) => String(error.cause?.message);
	const gone = ctx.db.transaction((db) => db.delete(recordLooks)).catch(messageOf);
	expect(await gone).toContain('never changed');
	const fewer = ctx.db.transaction((db) => db.update(recordLooks).set({ count: 1 })).catch(messageOf);
	expect(await fewer).toContain('never changed');
});
