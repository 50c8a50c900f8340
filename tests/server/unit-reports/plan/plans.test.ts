import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { planItems } from '#db/schema/work-plans.ts';
import { changePlan, publishPlan, withdrawPlan } from '#lib/server/unit-reports/plan/change-plan.ts';
import { compareItems } from '#lib/server/unit-reports/plan/compare-items.ts';
import { copyPlan } from '#lib/server/unit-reports/plan/copy-plan.ts';
import { addItem, changeItem, moveItem, removeItem } from '#lib/server/unit-reports/plan/edit-items.ts';
import { getPlan, listItems, listPlans } from '#lib/server/unit-reports/plan/queries.ts';
import { aLegalDivision, aPlanDraft, aPublishedPlan, holderAt } from '#tests/factories/unit-reports.ts';
import { aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const written = {
	...{ titleZh: '专项清理', titleEn: null, asksZh: '清理证明事项', asksEn: null, standardZh: null, standardEn: null },
	...{ points: 3, dueOn: '2026-06-30', lead: ['法规处'], assist: [] }
};

test('begins with sixteen items under five headings, and knows the units that it names', async ({ ctx }) => {
	const province = await theProvince(ctx);
	const legal = await aUnit(ctx, { below: province, name: '法规处' });
	const institute = await aUnit(ctx, { below: province, name: '省劳动人事争议仲裁院' });
	const { planId } = await aPlanDraft(ctx);

	const items = await listItems(ctx, planId);
	expect(items.filter(({ asks }) => asks !== null)).toHaveLength(16);
	expect(items.filter(({ parentId }) => parentId === null)).toHaveLength(5);
	expect(items[1]).toMatchObject({ way: [1, 1], points: 6, dueOn: '2026-12-31' });
	const named = items.flatMap(({ units }) => units);
	expect(named.find(({ name }) => name === '法规处')?.unitId).toBe(legal.id);
	expect(named.find(({ name }) => name === '省劳动人事争议仲裁院')?.unitId).toBe(institute.id);
	expect(named.find(({ name }) => name.startsWith('各市'))?.unitId).toBeNull();
});

test('items are added, rewritten, moved and removed while it is a draft', async ({ ctx }) => {
	const { planId, legal } = await aPlanDraft(ctx, { start: 'empty' });
	const heading = await addItem(legal, {
		...{ ...written, planId, parentId: null, titleZh: '一组', asksZh: null, points: null, dueOn: null, lead: [] }
	});
	const first = await addItem(legal, { ...written, planId, parentId: heading });
	const second = await addItem(legal, { ...written, planId, parentId: heading, titleZh: '第二项' });
	await expect(removeItem(legal, { planId, itemId: heading })).rejects.toThrow('item.has-below');

	await moveItem(legal, { planId, itemId: second, way: 'up' });
	await moveItem(legal, { planId, itemId: second, way: 'up' });
	await changeItem(legal, { ...written, planId, itemId: first, titleZh: '改写', titleEn: 'Rewritten', points: 4.5 });
	const items = await listItems(ctx, planId);
	expect(items.map(({ title, way }) => [title['zh-CN'], way])).toEqual([
		['一组', [1]],
		['第二项', [1, 1]],
		['改写', [1, 2]]
	]);
	expect(items[2]).toMatchObject({ title: { en: 'Rewritten' }, points: 4.5 });

	await removeItem(legal, { planId, itemId: second });
	expect(await listItems(ctx, planId)).toHaveLength(2);
});

test('an empty plan is not published, and nothing changes in a published one, not even past the application', async ({
	ctx
}) => {
	const empty = await aPlanDraft(ctx, { start: 'empty' });
	await expect(publishPlan(empty.legal, { planId: empty.planId })).rejects.toThrow('plan.empty');

	const { planId, legal } = await aPublishedPlan(ctx);
	const change = { planId, titleZh: '另一个', titleEn: null, basis: '', fromYear: 2026, toYear: 2026 };
	await expect(changePlan(legal, change)).rejects.toThrow('plan.published');
	await expect(addItem(legal, { ...written, planId, parentId: null })).rejects.toThrow('plan.published');
	await withdrawPlan(legal, { planId });
	await changePlan(legal, change);
	await publishPlan(legal, { planId });
	await expect(
		ctx.db.transaction((db) => db.update(planItems).set({ points: 1 }).where(eq(planItems.planId, planId)))
	).rejects.toThrow();
});

test('a copy moves every deadline, and the years are compared item by item', async ({ ctx }) => {
	const { planId, legal } = await aPublishedPlan(ctx);
	const copy = await copyPlan(legal, { planId, fromYear: 2027 });
	const [before, after] = [await listItems(ctx, planId), await listItems(ctx, copy)];
	expect(after.map(({ dueOn }) => dueOn).filter(Boolean)).toEqual(
		before.flatMap(({ dueOn }) => (dueOn ? [dueOn.replace('2026', '2027')] : []))
	);
	expect(await getPlan(legal, copy)).toMatchObject({
		fromYear: 2027,
		toYear: 2027,
		title: { 'zh-CN': '2027年依法行政工作计划', en: '2027年依法行政工作计划' },
		state: 'draft',
		copiedFromId: planId
	});

	const last = after.at(-1)!;
	await changeItem(legal, { ...written, planId: copy, itemId: last.id });
	await addItem(legal, { ...written, planId: copy, parentId: null });
	const changes = compareItems(before, await listItems(ctx, copy)).map(({ change }) => change);
	expect(changes.filter((change) => change === 'same')).toHaveLength(20);
	expect(changes.filter((change) => change !== 'same')).toEqual(['changed', 'added']);
});

test('a draft is seen where it is written; a published plan by everybody below', async ({ ctx }) => {
	const city = await aUnit(ctx, { kind: 'city' });
	const [liaison, elsewhere] = [await holderAt(ctx, 'liaison', city), await aLegalDivision(ctx, await aUnit(ctx))];
	const { planId, legal } = await aPlanDraft(ctx, { title: '省计划' });
	await expect(getPlan(liaison, planId)).rejects.toThrow('plan.not-found');

	await publishPlan(legal, { planId });
	expect((await getPlan(liaison, planId)).mayEdit).toBe(false);
	expect((await listPlans(liaison)).map(({ id }) => id)).toContain(planId);
	await expect(withdrawPlan(elsewhere, { planId })).rejects.toThrow('plan.not-found');

	const own = await aPublishedPlan(ctx, { unit: city });
	expect((await listPlans(elsewhere)).map(({ id }) => id)).not.toContain(own.planId);
});
