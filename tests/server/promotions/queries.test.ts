import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { people } from '#db/schema/people.ts';
import { caseViews } from '#lib/schemas/promotions.ts';
import { caseStateOf } from '#lib/server/promotions/case-state.ts';
import { countCases, countUrgentCases, eachCase, listCases, readCase } from '#lib/server/promotions/queries.ts';
import { settleCases } from '#lib/server/promotions/settle-cases.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { aCompletion, aCourse } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aPromotion } from '#tests/factories/promotions.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

test('lists what is overdue first, then by the days left, with what is done and left', async ({ ctx: base }) => {
	const city = await aUnit(base);
	const ctx = as(base, (await aPerson(base, { unit: city })).id, { role: 'leader', unit: city });
	const [done, left] = [await aCourse(ctx, { slug: 'a' }), await aCourse(ctx, { slug: 'b' })];
	const unit = await aUnit(ctx, { below: city });
	const overdue = await aPromotion(ctx, { unit, startsOn: '2025-11-01', dueOn: '2026-11-01', courses: [done, left] });
	const later = await aPromotion(ctx, { unit, dueOn: '2027-08-01' });
	const soon = await aPromotion(ctx, { unit, dueOn: '2027-01-01' });
	const [person] = await ctx.db.select().from(people).where(eq(people.id, overdue.personId));
	await aCompletion(ctx, { person: person!, course: done });
	await aPromotion(ctx, { unit: await aUnit(ctx), dueOn: '2026-10-01' });

	const { rows } = await listCases(ctx, {}, 'open');
	expect(rows.map(({ id }) => id)).toEqual([overdue.id, soon.id, later.id]);
	expect(rows[0]).toMatchObject({
		name: person!.name,
		unitName: unit.name,
		title: '副科长',
		toLevel: 'section-deputy'
	});
	await settleCases(ctx, [person!.id]);
	expect((await readCase(ctx, overdue.id)).items.map(({ completedAt }) => completedAt !== null)).toEqual([true, false]);
	expect(await countCases(ctx)).toEqual({ open: 3, overdue: 1, soon: 1, later: 1, completed: 0, ended: 0 });
});

test('every case stands in the view of its state', async ({ ctx: base }) => {
	const unit = await aUnit(base);
	const ctx = as(base, (await aPerson(base, { unit })).id, { role: 'hr', unit });
	for (const dueOn of ['2026-11-22', '2026-11-23', '2027-02-21', '2027-02-22']) await aPromotion(ctx, { unit, dueOn });
	await aPromotion(ctx, { unit, completedAt: ctx.now });
	await aPromotion(ctx, { unit, cancelledAt: ctx.now, cancelledBecause: '误登' });
	await aPromotion(ctx, { person: await aPerson(ctx, { unit, status: 'retired', leftOn: '2026-11-01' }) });

	const viewsOf = {
		overdue: ['open', 'overdue'],
		soon: ['open', 'soon'],
		later: ['open'],
		completed: ['completed'],
		cancelled: ['ended'],
		left: ['ended']
	};
	const counts = await countCases(ctx);
	for (const view of caseViews) {
		const rows = await Array.fromAsync(eachCase(ctx, {}, view));
		for (const row of rows) expect(viewsOf[caseStateOf(row, dateOf(ctx.now))]).toContain(view);
		expect(rows).toHaveLength(counts[view]);
	}
	expect(counts).toEqual({ open: 4, overdue: 1, soon: 2, later: 1, completed: 1, ended: 2 });
	expect(await countUrgentCases(ctx, unit.path)).toEqual({ overdue: 1, soon: 2 });
	const elsewhere = await aUnit(base);
	expect(await countUrgentCases(ctx, elsewhere.path)).toEqual({ overdue: 0, soon: 0 });
	expect(await countUrgentCases(base, unit.path)).toEqual({ overdue: 0, soon: 0 });
});

test('narrows by start, level, unit and name, and pages', async ({ ctx: base }) => {
	const city = await aUnit(base);
	const [here, there] = [await aUnit(base, { below: city }), await aUnit(base, { below: city })];
	const ctx = as(base, (await aPerson(base, { unit: city })).id, { role: 'hr', unit: city });
	const early = await aPromotion(ctx, { unit: here, startsOn: '2025-05-01', dueOn: '2026-05-01' });
	const high = await aPromotion(ctx, {
		unit: there,
		startsOn: '2026-05-01',
		dueOn: '2027-05-01',
		toLevel: 'division-deputy'
	});
	const found = async (filter: Parameters<typeof listCases>[1]) =>
		(await listCases(ctx, filter, 'open')).rows.map(({ id }) => id);

	expect(await found({ from: '2026-01-01' })).toEqual([high.id]);
	expect(await found({ to: '2025-12-31' })).toEqual([early.id]);
	expect(await found({ level: 'division-deputy' })).toEqual([high.id]);
	expect(await found({ unitPath: here.path })).toEqual([early.id]);
	expect(await found({ q: '白景行' })).toHaveLength(2);
	expect(await found({ q: '无此人' })).toEqual([]);

	const first = await listCases(ctx, {}, 'open', { size: 1 });
	expect(first.rows.map(({ id }) => id)).toEqual([early.id]);
	expect((await listCases(ctx, {}, 'open', { size: 1, after: first.next })).rows.map(({ id }) => id)).toEqual([
		high.id
	]);
});
