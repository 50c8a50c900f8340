import { and, eq } from 'drizzle-orm';
import { unitReports } from '#db/schema/unit-reports.ts';
import type { Context, SignedIn } from '#lib/server/platform/context.ts';
import type { Role } from '#lib/server/platform/roles.ts';
import { acceptReport } from '#lib/server/unit-reports/decide-report.ts';
import { openCycle } from '#lib/server/unit-reports/open-cycle.ts';
import { createPlan } from '#lib/server/unit-reports/plan/create-plan.ts';
import { publishPlan } from '#lib/server/unit-reports/plan/change-plan.ts';
import { createSet, publishSet } from '#lib/server/unit-reports/indicators/arrange-set.ts';
import { getSet, getSheet } from '#lib/server/unit-reports/indicators/queries.ts';
import { handInSheet, scoreSelf } from '#lib/server/unit-reports/indicators/score-sheet.ts';
import { listItems } from '#lib/server/unit-reports/plan/queries.ts';
import { usualLateRule } from '#lib/server/unit-reports/points-off.ts';
import {
	addMeasure,
	createPlan as createPublicityPlan,
	publishPlan as publishPublicityPlan
} from '#lib/server/unit-reports/publicity/keep-plan.ts';
import { saveSection } from '#lib/server/unit-reports/save-section.ts';
import { sectionsOf } from '#lib/server/unit-reports/sections.ts';
import { submitReport } from '#lib/server/unit-reports/submit-report.ts';
import { aPerson } from './people.ts';
import { aGrant, as, aUnit, theProvince, type Unit } from './units.ts';

/** Somebody who holds a role over a unit and works there. */
export async function holderAt(ctx: Context, role: Role, unit: Unit): Promise<SignedIn> {
	const { id } = await aPerson(ctx, { unit });
	await aGrant(ctx, id, role, unit);
	return as(ctx, id, { role, unit });
}

/** The legal division of a unit; of the province unless told. */
export const aLegalDivision = async (ctx: Context, unit?: Unit): Promise<SignedIn> =>
	holderAt(ctx, 'legal', unit ?? (await theProvince(ctx)));

type PlanValues = { unit?: Unit; year?: number; start?: 'provincial' | 'empty'; title?: string };

/** A work plan of one year with the sixteen items, as a draft. */
export async function aPlanDraft(ctx: Context, { unit, year = 2026, start = 'provincial', title }: PlanValues = {}) {
	const owner = unit ?? (await theProvince(ctx));
	const legal = await aLegalDivision(ctx, owner);
	const planId = await createPlan(legal, {
		...{ unitId: owner.id, titleZh: title ?? `${year}年依法行政工作计划`, titleEn: null, basis: '' },
		...{ fromYear: year, toYear: year, start }
	});
	return { planId, legal, unit: owner };
}

/** The same, published. */
export async function aPublishedPlan(ctx: Context, values: PlanValues = {}) {
	const made = await aPlanDraft(ctx, values);
	await publishPlan(made.legal, { planId: made.planId });
	return made;
}

type CycleValues = { above?: Unit; unit?: Unit; year?: number; dueOn?: string };

/** A round of one year in which one unit reports to the one above it; neither needs to be there yet. */
export async function aReport(ctx: Context, { above, unit, year = 2026, dueOn = '2027-01-15' }: CycleValues = {}) {
	const owner = above ?? (await aUnit(ctx, { kind: 'city' }));
	const reporter = unit ?? (await aUnit(ctx, { below: owner, kind: 'county' }));
	const liaison = await holderAt(ctx, 'liaison', reporter);
	const { planId, legal } = await aPublishedPlan(ctx, { unit: owner, year });
	const cycleId = await openCycle(legal, {
		...{ unitId: owner.id, year, planId, ...usualLateRule },
		...{ dueDivision: dueOn, dueInstitution: dueOn, dueCity: dueOn, dueCounty: dueOn }
	});
	const [report] = await ctx.db
		.select({ id: unitReports.id })
		.from(unitReports)
		.where(and(eq(unitReports.cycleId, cycleId), eq(unitReports.unitId, reporter.id)));
	return { cycleId, planId, legal, above: owner, unit: reporter, liaison, reportId: report!.id };
}

export type MadeReport = Awaited<ReturnType<typeof aReport>>;

/** Writes something in every section. */
export async function write(
	ctx: SignedIn,
	{ planId, reportId }: Pick<MadeReport, 'planId' | 'reportId'>,
	text = '已按计划完成。'
) {
	for (const { key } of sectionsOf(await listItems(ctx, planId)))
		await saveSection(ctx, { reportId, section: key, version: 0, text });
}

/** A report that was written and handed in. */
export async function aSubmittedReport(ctx: Context, values: CycleValues = {}): Promise<MadeReport> {
	const made = await aReport(ctx, values);
	await write(made.liaison, made);
	await submitReport(made.liaison, { reportId: made.reportId });
	return made;
}

/** The same, accepted. */
export async function anAcceptedReport(ctx: Context, values: CycleValues = {}): Promise<MadeReport> {
	const made = await aSubmittedReport(ctx, values);
	await acceptReport(made.legal, { reportId: made.reportId, remarks: '' });
	return made;
}

/** Published assessment items of a unit, made from its work plan, with a sheet of one unit below it. */
export async function aSheet(ctx: Context, { above, unit, year = 2026 }: CycleValues = {}) {
	const owner = above ?? (await aUnit(ctx, { kind: 'city' }));
	const scored = unit ?? (await aUnit(ctx, { below: owner, kind: 'county' }));
	const { planId, legal } = await aPublishedPlan(ctx, { unit: owner, year });
	const setId = await createSet(legal, {
		...{ unitId: owner.id, year, titleZh: `${year}年考核指标`, titleEn: null, planId, copyOf: null }
	});
	await publishSet(legal, { setId });
	const liaison = await holderAt(ctx, 'liaison', scored);
	const sheet = await getSheet(liaison, await getSet(liaison, setId), scored.id);
	return { setId, sheetId: sheet.id, items: sheet.items, legal, liaison, above: owner, unit: scored };
}

/** The same with every item scored at its full points, and handed in. */
export async function aHandedInSheet(ctx: Context, values: CycleValues = {}) {
	const made = await aSheet(ctx, values);
	for (const { id, points } of made.items)
		await scoreSelf(made.liaison, { sheetId: made.sheetId, indicatorId: id, selfScore: points, selfText: '已落实' });
	await handInSheet(made.liaison, { sheetId: made.sheetId });
	return made;
}

/** A study and publicity plan of a unit with two measures, one of them over; published unless told. */
export async function aPublicityPlan(
	ctx: Context,
	{
		unit,
		year = 2026,
		title = '学法普法计划',
		publishes = true
	}: { unit?: Unit; year?: number; title?: string; publishes?: boolean } = {}
) {
	const owner = unit ?? (await aUnit(ctx));
	const liaison = await holderAt(ctx, 'liaison', owner);
	const planId = await createPublicityPlan(liaison, { unitId: owner.id, year, title });
	const measure = { planId, phase: '第一季度', what: '宪法专题学习', forWhom: '全体干部', byWhom: '办公室' };
	const itemId = await addMeasure(liaison, { ...measure, startsOn: `${year}-03-01`, endsOn: `${year}-03-31` });
	await addMeasure(liaison, { ...measure, what: '普法进企业', startsOn: `${year}-12-01`, endsOn: `${year}-12-31` });
	if (publishes) await publishPublicityPlan(liaison, { planId });
	return { planId, itemId, liaison, unit: owner };
}
