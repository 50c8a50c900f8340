import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { notifications } from '#db/schema/notifications.ts';
import { inspectionFindings, publicityItems } from '#db/schema/publicity.ts';
import { answerFinding, drawSample, inspectPlan, writeFinding } from '#lib/server/unit-reports/publicity/inspect.ts';
import {
	addMeasure,
	checkOff,
	publishPlan,
	readProof,
	removeMeasure
} from '#lib/server/unit-reports/publicity/keep-plan.ts';
import { getPlan, listInspections, listMeasures, listPlans } from '#lib/server/unit-reports/publicity/queries.ts';
import { aPdf } from '#tests/factories/files.ts';
import { aLegalDivision, aPublicityPlan, holderAt } from '#tests/factories/unit-reports.ts';
import { aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

test('measures are written in the draft, stand once published, and are checked off with evidence', async ({ ctx }) => {
	const { planId, itemId, liaison } = await aPublicityPlan(ctx, { publishes: false });
	const spare = { planId, phase: '二', what: '旁听庭审', forWhom: '执法人员', byWhom: '法规科' };
	const other = await addMeasure(liaison, { ...spare, startsOn: '2026-05-01', endsOn: '2026-05-31' });
	await removeMeasure(liaison, { planId, itemId: other });
	const done = { planId, itemId, doneOn: '2026-03-20', doneText: '参加42人' };
	await expect(checkOff(liaison, done)).rejects.toThrow('publicity.not-published');
	await publishPlan(liaison, { planId });
	await expect(removeMeasure(liaison, { planId, itemId })).rejects.toThrow('publicity.published');
	await expect(
		ctx.db.transaction((db) => db.update(publicityItems).set({ what: '别的' }).where(eq(publicityItems.id, itemId)))
	).rejects.toThrow();

	await expect(checkOff(liaison, { ...done, doneOn: '2026-12-30' })).rejects.toThrow('publicity.done-ahead');
	expect((await listPlans(liaison, 2026))[0]).toMatchObject({ all: 2, done: 0, overdue: 1 });
	await checkOff(liaison, { ...done, upload: { name: '签到表.pdf', bytes: aPdf() } });
	await expect(checkOff(liaison, done)).rejects.toThrow('measure.done');
	const [measure] = await listMeasures(ctx, planId);
	expect(measure).toMatchObject({ doneOn: '2026-03-20', proofs: [{ name: '签到表.pdf' }] });
	expect((await readProof(liaison, planId, measure!.proofs[0]!.fileId)).name).toBe('签到表.pdf');
	expect((await listPlans(liaison, 2026))[0]).toMatchObject({ done: 1, overdue: 0 });
});

test('the level above draws a sample, writes findings, and the unit answers each once', async ({ ctx }) => {
	const city = await aUnit(ctx, { kind: 'city' });
	const legal = await aLegalDivision(ctx, city);
	const plans = [];
	for (let made = 0; made < 3; made++)
		plans.push(await aPublicityPlan(ctx, { unit: await aUnit(ctx, { below: city, kind: 'county' }) }));
	expect(await drawSample(legal, { unitId: city.id, year: 2026, count: 2 })).toBe(2);
	expect(await drawSample(legal, { unitId: city.id, year: 2026, count: 2 })).toBe(1);
	await expect(drawSample(legal, { unitId: city.id, year: 2026, count: 1 })).rejects.toThrow('publicity.none-to-draw');

	const { planId, liaison } = plans[0]!;
	const [inspection] = await listInspections(ctx, planId);
	const finding = { planId, inspectionId: inspection!.id, text: '缺签到表', answerBy: '2026-12-15' };
	await expect(writeFinding(legal, { ...finding, answerBy: '2026-01-01' })).rejects.toThrow('report.date-past');
	await writeFinding(legal, finding);
	const told = await ctx.db.select().from(notifications).where(eq(notifications.personId, liaison.actor.personId));
	expect(told.map(({ kind }) => kind)).toContain('inspection_found');

	const findingId = (await listInspections(ctx, planId))[0]!.findings[0]!.id;
	await answerFinding(liaison, { planId, findingId, answer: '已补上' });
	await expect(answerFinding(liaison, { planId, findingId, answer: '再说' })).rejects.toThrow('finding.answered');
	await expect(
		ctx.db.transaction((db) =>
			db.update(inspectionFindings).set({ text: '' }).where(eq(inspectionFindings.id, findingId))
		)
	).rejects.toThrow();
});

test('a unit does not inspect itself, and nobody sees the plans of others', async ({ ctx }) => {
	const { planId, unit } = await aPublicityPlan(ctx);
	const own = await aLegalDivision(ctx, unit);
	expect((await getPlan(own, planId)).may.inspect).toBe(false);
	await expect(inspectPlan(own, { planId })).rejects.toThrow('publicity.not-found');
	const above = await aLegalDivision(ctx);
	await inspectPlan(above, { planId });
	expect(await listInspections(ctx, planId)).toMatchObject([{ drawn: false, findings: [] }]);
	const elsewhere = await holderAt(ctx, 'liaison', await aUnit(ctx));
	await expect(getPlan(elsewhere, planId)).rejects.toThrow('publicity.not-found');
	expect((await listPlans(elsewhere, 2026)).map(({ id }) => id)).not.toContain(planId);
});
