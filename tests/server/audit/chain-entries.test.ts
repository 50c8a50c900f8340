import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { chainEntries } from '#lib/server/audit/chain-entries.ts';
import { record } from '#lib/server/audit/record.ts';
import { verifyChain } from '#lib/server/audit/verify-chain.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { test } from '#tests/setup/test.ts';

test('links every entry once, in order, and verifies', async ({ ctx }) => {
	for (let count = 0; count < 5; count++) await record(ctx, 'thing.done', newId(), { b: count, a: { d: 1, c: [2] } });

	expect(await chainEntries(ctx)).toBe(5);
	expect(await chainEntries(ctx)).toBe(0);
	await record(ctx, 'thing.undone', newId());
	expect(await chainEntries(ctx)).toBe(1);
	expect(await verifyChain(ctx)).toMatchObject({ links: 6, broken: null });
});

test('finds an entry that was changed behind the trigger’s back', async ({ ctx }) => {
	for (let count = 0; count < 3; count++) await record(ctx, 'thing.done', newId(), { count });
	await chainEntries(ctx);

	await ctx.db.execute(sql`alter table audit_entries disable trigger audit_entries_frozen`);
	await ctx.db.execute(sql`update audit_entries set details = '{"count": 9}' where details->>'count' = '1'`);
	expect(await verifyChain(ctx)).toMatchObject({ links: 1, broken: 2 });
});

test('refuses to change or drop an entry', async ({ freshDatabase }) => {
	const { ctx } = await freshDatabase();
	await record(ctx, 'thing.done', newId());
	const { db } = ctx;
	const isRefused = { cause: expect.objectContaining({ code: '23001' }) };

	await expect(
		Promise.resolve(db.execute(sql`update audit_entries set action = 'nothing.done'`))
	).rejects.toMatchObject(isRefused);
	await expect(Promise.resolve(db.execute(sql`delete from audit_entries`))).rejects.toMatchObject(isRefused);
});
