import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { hourEntries } from '#db/schema/hours.ts';
import { type Grant, grantHours } from '#lib/server/hours/grant-hours.ts';
import { reverseHours } from '#lib/server/hours/reverse-hours.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aPerson } from '#tests/factories/people.ts';
import { test } from '#tests/setup/test.ts';

const aGrant = (personId: string): Grant => ({
	...{ personId, unitId: null, category: 'class', hours: 8, source: 'event', sourceId: newId() }
});

async function ledgerOf({ db }: Context, personId: string): Promise<number[]> {
	const rows = await db
		.select({ hours: hourEntries.hours })
		.from(hourEntries)
		.where(eq(hourEntries.personId, personId))
		.orderBy(sql`number, reverses nulls first`);
	return rows.map(({ hours }) => hours);
}

test('enters the hours of a source once, however often they are granted', async ({ ctx }) => {
	const grant = aGrant((await aPerson(ctx)).id);
	await grantHours(ctx, grant);
	await grantHours(ctx, { ...grant, hours: 12 });
	expect(await ledgerOf(ctx, grant.personId)).toEqual([8]);
});

test('takes hours back by a reversal, once, and grants them anew afterwards', async ({ ctx }) => {
	const grant = aGrant((await aPerson(ctx)).id);
	const source = { personIds: [grant.personId], source: grant.source, sourceId: grant.sourceId };
	await grantHours(ctx, grant);
	await reverseHours(ctx, source);
	await reverseHours(ctx, source);
	expect(await ledgerOf(ctx, grant.personId)).toEqual([8, -8]);

	await grantHours(ctx, { ...grant, hours: 4 });
	await grantHours(ctx, { ...grant, hours: 4 });
	expect(await ledgerOf(ctx, grant.personId)).toEqual([8, -8, 4]);
});

test('counts what is granted in the year that it is told', async ({ ctx }) => {
	const grant = aGrant((await aPerson(ctx)).id);
	await grantHours(ctx, { ...grant, year: 2025 });
	const [entry] = await ctx.db.select().from(hourEntries).where(eq(hourEntries.personId, grant.personId));
	expect(entry).toMatchObject({ year: 2025, at: ctx.now });
});

test('has nothing to reverse where nothing was granted', async ({ ctx }) => {
	const { id } = await aPerson(ctx);
	await reverseHours(ctx, { personIds: [id], source: 'event', sourceId: newId() });
	expect(await ledgerOf(ctx, id)).toEqual([]);
});
