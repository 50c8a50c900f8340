import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { indicators } from '#db/schema/indicators.ts';
import { notifications } from '#db/schema/notifications.ts';
import { addIndicator, createSet, publishSet } from '#lib/server/unit-reports/indicators/arrange-set.ts';
import { changeBands } from '#lib/server/unit-reports/indicators/change-bands.ts';
import { getSet, getSheet, listIndicators, listSets, listSheets } from '#lib/server/unit-reports/indicators/queries.ts';
import { readProof } from '#lib/server/unit-reports/indicators/read-proof.ts';
import {
	addProof,
	closeSheet,
	giveBackSheet,
	handInSheet,
	removeProof,
	scoreSelf,
	verifyScore
} from '#lib/server/unit-reports/indicators/score-sheet.ts';
import { submitReport } from '#lib/server/unit-reports/submit-report.ts';
import { aPdf } from '#tests/factories/files.ts';
import {
	aHandedInSheet,
	aLegalDivision,
	aPublishedPlan,
	aReport,
	aSheet,
	holderAt,
	write
} from '#tests/factories/unit-reports.ts';
import { aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

test('the items of a year come from the work plan or from another year, and do not change once published', async ({
	ctx
}) => {
	const { setId, legal, above } = await aSheet(ctx);
	const items = await listIndicators(ctx, setId);
	expect(items).toHaveLength(16);
	expect(items.filter(({ reporting }) => reporting).map(({ position }) => position)).toEqual([16]);
	const next = await createSet(legal, {
		...{ unitId: above.id, year: 2027, titleZh: '2027年考核指标', titleEn: null, planId: null, copyOf: setId }
	});
	expect(await listIndicators(ctx, next)).toHaveLength(16);
	const more = { titleZh: '加一项', titleEn: null, standardZh: '材料', standardEn: null, points: 2, reporting: true };
	await addIndicator(legal, { setId: next, ...more });
	expect(
		(await listIndicators(ctx, next)).filter(({ reporting }) => reporting).map(({ position }) => position)
	).toEqual([17]);
	await expect(addIndicator(legal, { setId, ...more })).rejects.toThrow('indicators.published');
	await expect(publishSet(legal, { setId })).rejects.toThrow('indicators.published');
	await expect(
		ctx.db.transaction((db) => db.update(indicators).set({ points: 1 }).where(eq(indicators.setId, setId)))
	).rejects.toThrow();
});

test('a unit scores itself with evidence, those above verify with reasons, and then it is frozen', async ({ ctx }) => {
	const { setId, sheetId, items, legal, liaison, unit } = await aSheet(ctx);
	const [first, second, ...rest] = items;
	await expect(scoreSelf(liaison, { sheetId, indicatorId: first!.id, selfScore: 99, selfText: '' })).rejects.toThrow(
		'sheet.too-many-points'
	);
	await expect(handInSheet(liaison, { sheetId })).rejects.toThrow('sheet.unscored');
	for (const { id, points } of items)
		await scoreSelf(liaison, { sheetId, indicatorId: id, selfScore: points, selfText: '已落实' });
	const upload = { name: '台账.pdf', bytes: aPdf() };
	const file = await addProof(liaison, { sheetId, indicatorId: first!.id, upload });
	const spare = await addProof(liaison, { sheetId, indicatorId: first!.id, upload });
	await removeProof(liaison, { sheetId, fileId: spare });
	expect((await readProof(legal, setId, unit.id, file)).name).toBe('台账.pdf');
	await handInSheet(liaison, { sheetId });
	await expect(scoreSelf(liaison, { sheetId, indicatorId: first!.id, selfScore: 1, selfText: '' })).rejects.toThrow(
		'sheet.handed-in'
	);

	const verify = { sheetId, reason: '', voided: false };
	await expect(verifyScore(legal, { ...verify, indicatorId: first!.id, verifiedScore: 1 })).rejects.toThrow(
		'sheet.reason-missing'
	);
	await verifyScore(legal, { ...verify, indicatorId: first!.id, verifiedScore: 4, reason: '缺听证笔录' });
	await verifyScore(legal, {
		...verify,
		indicatorId: second!.id,
		verifiedScore: 6,
		reason: '照片系伪造',
		voided: true
	});
	await expect(closeSheet(legal, { sheetId })).rejects.toThrow('sheet.unverified');
	for (const { id, points } of rest) await verifyScore(legal, { ...verify, indicatorId: id, verifiedScore: points });
	await closeSheet(legal, { sheetId });

	const [line] = await listSheets(legal, await getSet(legal, setId));
	expect(line).toMatchObject({
		state: 'verified',
		total: { score: 92, points: 100 },
		band: { name: { en: 'Excellent' } }
	});
	await expect(giveBackSheet(legal, { sheetId })).rejects.toThrow('sheet.not-handed-in');
	await expect(
		ctx.db.transaction((db) =>
			db.execute(sql`update indicator_scores set verified_score = 5 where sheet_id = ${sheetId}`)
		)
	).rejects.toThrow();
});

test('a sheet that is given back is scored and verified anew', async ({ ctx }) => {
	const { setId, sheetId, items, legal, liaison, unit } = await aHandedInSheet(ctx);
	await verifyScore(legal, { sheetId, indicatorId: items[0]!.id, verifiedScore: 6, reason: '', voided: false });
	await giveBackSheet(legal, { sheetId });
	const sheet = await getSheet(liaison, await getSet(liaison, setId), unit.id);
	expect(sheet).toMatchObject({ state: 'open', may: { score: true, verify: false } });
	expect(sheet.items[0]!.score).toMatchObject({ verifiedScore: null, selfScore: 6 });
});

test('a late report takes its points off the item on reporting', async ({ ctx }) => {
	const made = await aReport(ctx);
	const { setId, sheetId, items, legal } = await aHandedInSheet(ctx, { above: made.above, unit: made.unit });
	await write(made.liaison, made);
	await submitReport({ ...made.liaison, now: new Date('2027-01-20T02:00:00Z') }, { reportId: made.reportId });
	for (const { id, points } of items)
		await verifyScore(legal, { sheetId, indicatorId: id, verifiedScore: points, reason: '', voided: false });
	const later = { ...legal, now: new Date('2027-02-01T02:00:00Z') };
	const [line] = await listSheets(later, await getSet(later, setId));
	expect(line).toMatchObject({ off: 0.5, total: { score: 99.5 }, band: null });
});

test('sheets are seen by their own unit and those above; sets by everybody below once published', async ({ ctx }) => {
	const { setId, unit, above } = await aSheet(ctx);
	const neighbour = await aUnit(ctx, { below: above });
	const reader = await holderAt(ctx, 'liaison', neighbour);
	const set = await getSet(reader, setId);
	expect(await listSheets(reader, set)).toEqual([]);
	await expect(getSheet(reader, set, unit.id)).rejects.toThrow('sheet.not-found');
	const elsewhere = await aLegalDivision(ctx, await aUnit(ctx));
	await expect(getSet(elsewhere, setId)).rejects.toThrow('indicators.not-found');
	expect((await listSets(elsewhere)).map(({ id }) => id)).not.toContain(setId);
});

test('bands are said anew while the items are arranged: from the best down, the last from 0', async ({ ctx }) => {
	const { planId, legal, unit } = await aPublishedPlan(ctx, { unit: await aUnit(ctx, { kind: 'city' }) });
	const setId = await createSet(legal, {
		...{ unitId: unit.id, year: 2026, titleZh: '2026年考核指标', titleEn: null, planId, copyOf: null }
	});
	const bands = { setId, bandZh: ['好', '一般', ''], bandEn: ['Good', '', ''], bandFrom: [75.5, 0, null] };
	await changeBands(legal, bands);
	expect((await getSet(legal, setId)).bands).toEqual([
		{ name: { 'zh-CN': '好', en: 'Good' }, from: 75.5 },
		{ name: { 'zh-CN': '一般', en: '一般' }, from: 0 }
	]);
	for (const bandFrom of [
		[0, 75],
		[75, 10],
		[75, null],
		[75, 75]
	])
		await expect(changeBands(legal, { ...bands, bandFrom: [...bandFrom, null] })).rejects.toThrow(
			'indicators.bands-out-of-order'
		);
	await aUnit(ctx, { below: unit });
	await publishSet(legal, { setId });
	await expect(changeBands(legal, bands)).rejects.toThrow('indicators.published');
});

test('each step of a sheet is told to whoever goes on with it', async ({ ctx }) => {
	const above = await aUnit(ctx, { kind: 'city' });
	const unit = await aUnit(ctx, { below: above, kind: 'county' });
	const scorer = await holderAt(ctx, 'liaison', unit);
	const made = await aHandedInSheet(ctx, { above, unit });
	const { sheetId, legal, liaison, items } = made;
	const toldTo = async (personId: string) => {
		const rows = await ctx.db.select().from(notifications).where(eq(notifications.personId, personId));
		return rows.map(({ kind, href }) => [kind, href]);
	};
	const sheet = `/manage/indicators/${made.setId}/units/${unit.id}`;
	expect(await toldTo(scorer.actor.personId)).toEqual([['indicators_published', sheet]]);
	expect(await toldTo(legal.actor.personId)).toEqual([['sheet_handed_in', sheet]]);
	await giveBackSheet(legal, { sheetId });
	await handInSheet(liaison, { sheetId });
	for (const { id, points } of items)
		await verifyScore(legal, { sheetId, indicatorId: id, verifiedScore: points, reason: '', voided: false });
	await closeSheet(legal, { sheetId });
	expect((await toldTo(scorer.actor.personId)).map(([kind]) => kind)).toEqual(
		expect.arrayContaining(['indicators_published', 'sheet_given_back', 'sheet_verified'])
	);
});
