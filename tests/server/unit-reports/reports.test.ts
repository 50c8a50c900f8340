import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { notifications } from '#db/schema/notifications.ts';
import { reportVersions, unitReports } from '#db/schema/unit-reports.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { readArchive } from '#lib/server/platform/tables/read-archive.ts';
import { writeDocx } from '#lib/server/platform/write-docx.ts';
import { addComment, listComments, settleComment } from '#lib/server/unit-reports/comments.ts';
import { compileReports } from '#lib/server/unit-reports/compile-reports.ts';
import { getCycle, listCycles, listOwnReports, listReports } from '#lib/server/unit-reports/cycle-queries.ts';
import { acceptReport, extendReport, returnReport, signReport } from '#lib/server/unit-reports/decide-report.ts';
import { addEvidence, readEvidence, removeEvidence } from '#lib/server/unit-reports/evidence.ts';
import { getVersion } from '#lib/server/unit-reports/get-version.ts';
import { addFigure } from '#lib/server/unit-reports/keep-figures.ts';
import { openCycle } from '#lib/server/unit-reports/open-cycle.ts';
import { usualLateRule } from '#lib/server/unit-reports/points-off.ts';
import { readDraft } from '#lib/server/unit-reports/read-draft.ts';
import { remindOfReports } from '#lib/server/unit-reports/remind-of-reports.ts';
import { getReport } from '#lib/server/unit-reports/report-queries.ts';
import { saveSection, saveSections } from '#lib/server/unit-reports/save-section.ts';
import { digestOf, submitReport } from '#lib/server/unit-reports/submit-report.ts';
import { aPdf } from '#tests/factories/files.ts';
import {
	aLegalDivision,
	anAcceptedReport,
	aPublishedPlan,
	aReport,
	aSubmittedReport,
	holderAt,
	write
} from '#tests/factories/unit-reports.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const at = <Ctx extends Context>(ctx: Ctx, day: string): Ctx => ({ ...ctx, now: new Date(`${day}T02:00:00Z`) });
const lineOf = async (ctx: Context, cycleId: string) => (await listReports(ctx, { cycleId }))[0]!;

test('a round asks every unit right below of the kinds that have a date, and tells whoever writes for them', async ({
	ctx
}) => {
	const city = await aUnit(ctx, { kind: 'city' });
	const [county, division] = [await aUnit(ctx, { below: city, kind: 'county' }), await aUnit(ctx, { below: city })];
	await aUnit(ctx, { below: county, kind: 'county' });
	const liaison = await holderAt(ctx, 'liaison', county);
	const { planId, legal } = await aPublishedPlan(ctx, { unit: city });
	const asked = { unitId: city.id, year: 2026, planId, ...usualLateRule, dueDivision: null, dueInstitution: null };

	await expect(openCycle(legal, { ...asked, dueCity: '2027-01-15', dueCounty: null })).rejects.toThrow('cycle.nobody');
	const cycleId = await openCycle(legal, { ...asked, dueCity: null, dueCounty: '2027-01-10' });
	const lines = await listReports(ctx, { cycleId });
	expect(lines.map(({ unitId, dueOn, state }) => [unitId, dueOn, state])).toEqual([
		[county.id, '2027-01-10', 'not-started']
	]);
	expect(lines.map(({ unitId }) => unitId)).not.toContain(division.id);
	const told = await ctx.db
		.select({ kind: notifications.kind })
		.from(notifications)
		.where(eq(notifications.personId, liaison.actor.personId));
	expect(told).toEqual([{ kind: 'report_asked' }]);
	expect((await listOwnReports(liaison)).map(({ id }) => id)).toEqual([lines[0]!.id]);

	const again = openCycle(legal, { ...asked, dueCity: null, dueCounty: '2027-01-10' });
	await expect(again).rejects.toThrow('cycle.opened');
	await expect(openCycle(legal, { ...asked, year: 2027, dueCity: null, dueCounty: '2028-01-15' })).rejects.toThrow(
		'cycle.plan-other-years'
	);
	const elsewhere = await aLegalDivision(ctx, await aUnit(ctx));
	await expect(getCycle(elsewhere, cycleId)).rejects.toThrow('cycle.not-found');
	expect((await listCycles(elsewhere)).map(({ id }) => id)).not.toContain(cycleId);
});

test('what another author saved meanwhile is told with both texts, and nothing is overwritten', async ({ ctx }) => {
	const { reportId, liaison, unit } = await aReport(ctx);
	const other = await holderAt(ctx, 'hr', unit);
	const section = 'shortcomings' as const;

	const first = await saveSection(liaison, { reportId, section, version: 0, text: '人手不足。' });
	expect(first).toMatchObject({ saved: true, version: 1 });
	const late = await saveSection(other, { reportId, section, version: 0, text: '台账不全。' });
	expect(late).toMatchObject({ saved: false, mine: '台账不全。', theirs: { text: '人手不足。', version: 1 } });
	const both = { section, version: 1, text: '人手不足。\n台账不全。' };
	const [second, refused] = await saveSections(other, {
		report: reportId,
		sections: [both, { section, version: 1, text: '别的' }]
	});
	expect([second!.saved, refused!.saved]).toEqual([true, false]);
	expect(await saveSection(liaison, { ...both, reportId, version: 0 })).toMatchObject({ saved: true, version: 2 });
	expect((await getReport(liaison, reportId)).state).toBe('draft');
	await expect(saveSection(liaison, { reportId, section: unit.id, version: 0, text: '' })).rejects.toThrow(
		'section.not-found'
	);
});

test('goes from the draft through remarks to acceptance; each handing in is a version that nothing changes', async ({
	ctx
}) => {
	const made = await aReport(ctx);
	const { reportId, liaison, legal, cycleId, unit } = made;
	await write(liaison, made);
	await saveSection(liaison, { reportId, section: 'next', version: 1, text: '' });
	const early = at(liaison, '2027-01-14');
	await expect(submitReport(early, { reportId })).rejects.toThrow('report.sections-empty');
	await saveSection(early, { reportId, section: 'next', version: 2, text: '明年完成数据共享。' });
	await addFigure(early, {
		reportId,
		label: '复议案件',
		value: 3,
		measure: '件',
		source: '复议台账',
		asOf: '2026-12-31'
	});
	const fileId = await addEvidence(early, { reportId, section: 'next', upload: { name: '方案.pdf', bytes: aPdf() } });
	expect(await submitReport(early, { reportId })).toBe(1);
	await expect(saveSection(early, { reportId, section: 'next', version: 3, text: '改' })).rejects.toThrow(
		'report.handed-in'
	);
	await expect(
		ctx.db.transaction((db) => db.execute(sql`update report_sections set text = 'x' where report_id = ${reportId}`))
	).rejects.toThrow();

	const head = await holderAt(ctx, 'leader', unit);
	await signReport(head, { reportId });
	await expect(signReport(head, { reportId })).rejects.toThrow('report.signed');
	const judge = at(legal, '2027-01-18');
	await expect(returnReport(judge, { reportId, remarks: '补来源', againBy: '2027-01-01' })).rejects.toThrow(
		'report.date-past'
	);
	await returnReport(judge, { reportId, remarks: '补充数据来源', againBy: '2027-01-25' });
	await expect(acceptReport(judge, { reportId, remarks: '' })).rejects.toThrow('report.no-transition');

	const later = at(liaison, '2027-01-27');
	await removeEvidence(later, { reportId, fileId });
	expect(await submitReport(later, { reportId })).toBe(2);
	expect(await lineOf(at(ctx, '2027-03-01'), cycleId)).toMatchObject({ late: 2, off: 0.5, versions: 2 });
	await acceptReport(at(legal, '2027-01-28'), { reportId, remarks: '' });

	const first = await getVersion(legal, reportId, '1');
	expect(first).toMatchObject({ signedBy: expect.any(String), decision: 'returned', remarks: '补充数据来源' });
	expect(first.content.evidence.map((file) => file.fileId)).toEqual([fileId]);
	expect(first.content.figures.at(-1)).toMatchObject({ source: 'manual', value: 3, from: '复议台账' });
	expect(digestOf(first.content)).toBe(first.digest);
	expect((await readEvidence(legal, reportId, fileId)).name).toBe('方案.pdf');
	expect((await getVersion(legal, reportId, null)).content.evidence).toEqual([]);
	for (const change of [sql`update report_versions set digest = ''`, sql`delete from report_decisions`])
		await expect(ctx.db.transaction((db) => db.execute(change))).rejects.toThrow();
	await expect(
		ctx.db.transaction((db) => db.update(unitReports).set({ state: 'draft' }).where(eq(unitReports.id, reportId)))
	).rejects.toThrow();
	expect(await ctx.db.$count(reportVersions, eq(reportVersions.reportId, reportId))).toBe(2);
});

test('a report is late by the day, unless it was put off with a reason', async ({ ctx }) => {
	const { reportId, cycleId, legal } = await aReport(ctx);
	expect(await lineOf(at(ctx, '2027-01-15'), cycleId)).toMatchObject({ late: 0, off: 0, overdue: false });
	expect(await lineOf(at(ctx, '2027-01-20'), cycleId)).toMatchObject({ late: 5, off: 0.5, overdue: true });
	expect(await lineOf(at(ctx, '2027-03-01'), cycleId)).toMatchObject({ off: Infinity });

	const extension = { cycleId, reportId, reason: '机构改革期间' };
	await expect(extendReport(legal, { ...extension, dueOn: '2027-01-10' })).rejects.toThrow('report.not-later');
	await extendReport(legal, { ...extension, dueOn: '2027-01-31' });
	expect(await lineOf(at(ctx, '2027-01-20'), cycleId)).toMatchObject({ late: 0, dueOn: '2027-01-31' });
});

test('nobody decides about what they handed in themselves, nor those below about what goes above', async ({ ctx }) => {
	const { reportId, unit, above } = await aSubmittedReport(ctx);
	const both = as(ctx, (await getVersion(await holderAt(ctx, 'hr', above), reportId, null)).submittedById, {
		role: 'legal',
		unit: above
	});
	await expect(acceptReport(both, { reportId, remarks: '' })).rejects.toThrow('access.own-case');
	const below = await aLegalDivision(ctx, unit);
	await expect(acceptReport(below, { reportId, remarks: '' })).rejects.toThrow('report.not-found');
});

test('comments are written by authors and those above, and settled once', async ({ ctx }) => {
	const { reportId, liaison, legal, unit } = await aReport(ctx);
	await addComment(legal, { reportId, section: 'head', text: '写明次数' });
	const [comment] = await listComments(liaison, reportId);
	await settleComment(liaison, { reportId, commentId: comment!.id });
	await expect(settleComment(liaison, { reportId, commentId: comment!.id })).rejects.toThrow('comment.not-found');
	const reader = await holderAt(ctx, 'auditor', unit);
	await expect(addComment(reader, { reportId, section: null, text: '…' })).rejects.toThrow('report.not-found');
});

test('whoever writes is reminded before the date and after it, once each', async ({ ctx }) => {
	const { liaison } = await aReport(ctx);
	const kinds = async () =>
		(
			await ctx.db
				.select({ kind: notifications.kind })
				.from(notifications)
				.where(eq(notifications.personId, liaison.actor.personId))
				.orderBy(notifications.createdAt)
		).map(({ kind }) => kind);
	for (const day of ['2027-01-02', '2027-01-09', '2027-01-10', '2027-01-16', '2027-01-17'])
		await remindOfReports(at(ctx, day));
	expect(await kinds()).toEqual(['report_asked', 'report_due', 'report_late']);
});

test('figures follow the platform, and a compiled report holds accepted versions alone', async ({ ctx }) => {
	const { cycleId, legal, reportId, above, planId } = await anAcceptedReport(ctx);
	expect(await compileReports(legal, cycleId)).toMatchObject({
		round: { unit: above.name, year: 2026, missing: [] },
		accepted: [{ reportId, number: 1 }]
	});
	const other = await aReport(ctx, { above: await aUnit(ctx, { kind: 'city' }) });
	const draft = await readDraft(other.liaison, await getReport(other.liaison, other.reportId));
	expect(draft.figures.map(({ key, value }) => [key, value])).toContainEqual(['peopleDue', 0]);
	expect(draft.plan.id).not.toBe(planId);
	expect((await compileReports(other.legal, other.cycleId)).round.missing).toEqual([other.unit.name]);
});

test('a document for Word names the fonts of an office and holds text and tables', async () => {
	const bytes = await writeDocx({
		title: '年度报告',
		subtitle: '',
		blocks: [
			{ kind: 'heading', level: 1, text: '一、措施' },
			{ kind: 'paragraph', text: '已完成。' },
			{ kind: 'table', head: ['数据', '数值'], rows: [['应考', '12']], numeric: [1] },
			{ kind: 'signatures', lines: [{ label: '签字：', value: '' }] }
		]
	});
	const archive = await readArchive(bytes, { parts: 100, unpacked: 2 ** 24, ratio: 200 });
	const text = await archive.text('word/document.xml');
	for (const part of ['年度报告', '一、措施', '已完成。', '应考', '方正小标宋简体', 'w:tbl'])
		expect(text).toContain(part);
	expect(await archive.text('word/styles.xml')).toContain('仿宋_GB2312');
});
