import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { atomically, type Context } from '#lib/server/platform/context.ts';
import { test, testNow } from './test.ts';

const remember = ({ db }: Context) => db.execute(sql`create table remembered (id int)`);
const remembers = async ({ db }: Context) =>
	(await db.execute(sql`select to_regclass('remembered') as name`)).rows[0]?.name === 'remembered';

test.for([1, 2])('leaves nothing behind for the next test (%i)', async (_, { ctx }) => {
	expect(await remembers(ctx)).toBe(false);
	await remember(ctx);
	expect(await remembers(ctx)).toBe(true);
});

test('undoes a failed act and goes on', async ({ ctx }) => {
	const act = atomically(ctx, async (ctx) => {
		await remember(ctx);
		await ctx.db.execute(sql`select 1 / 0`);
	});
	await expect(act).rejects.toThrow();
	expect(await remembers(ctx)).toBe(false);
});

test('stands still in time', ({ ctx }) => {
	expect(ctx.now).toEqual(testNow);
});

test('gives a database of its own to what has to commit', async ({ freshDatabase }) => {
	const [one, other] = [await freshDatabase(), await freshDatabase()];
	await atomically(one.ctx, remember);
	expect(await remembers(one.ctx)).toBe(true);
	expect(await remembers(other.ctx)).toBe(false);
});
