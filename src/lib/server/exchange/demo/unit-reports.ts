import type { SignedIn } from '../../platform/context.ts';
import { usualDueDate, usualLateRule } from '../../unit-reports/points-off.ts';
import { acceptReport, returnReport, signReport } from '../../unit-reports/decide-report.ts';
import { createSet, publishSet } from '../../unit-reports/indicators/arrange-set.ts';
import { getSet, getSheet } from '../../unit-reports/indicators/queries.ts';
import { closeSheet, handInSheet, scoreSelf, verifyScore } from '../../unit-reports/indicators/score-sheet.ts';
import { addFigure } from '../../unit-reports/keep-figures.ts';
import { listReports } from '../../unit-reports/cycle-queries.ts';
import { openCycle } from '../../unit-reports/open-cycle.ts';
import { publishPlan } from '../../unit-reports/plan/change-plan.ts';
import { copyPlan } from '../../unit-reports/plan/copy-plan.ts';
import { createPlan } from '../../unit-reports/plan/create-plan.ts';
import { listItems } from '../../unit-reports/plan/queries.ts';
import { answerFinding, inspectPlan, writeFinding } from '../../unit-reports/publicity/inspect.ts';
import {
	addMeasure,
	checkOff,
	createPlan as createPublicityPlan,
	publishPlan as publishPublicityPlan
} from '../../unit-reports/publicity/keep-plan.ts';
import { listInspections, listMeasures, listPlans } from '../../unit-reports/publicity/queries.ts';
import { saveSections } from '../../unit-reports/save-section.ts';
import { sectionsOf } from '../../unit-reports/sections.ts';
import { submitReport } from '../../unit-reports/submit-report.ts';
import type { Calendar } from './calendar.ts';
import type { Office } from './offices.ts';

/** Who acts in the reports of the demo, and for whom. */
export interface Bureaus {
	legal: SignedIn;
	liaison: SignedIn;
	leader: SignedIn;
	rootId: string;
	cities: Office[];
	/** The city of the liaison. */
	cityId: string;
	calendar: Calendar;
}

type Asked = { id: string; unitId: string; unit: string };

/**
 * Two years of reporting by the domain's own commands: last year's plan with the reports of all cities, two of them late and one
 * returned in between, and their scores; this year's plan with the round that is being written; study and publicity plans with a
 * sample inspected.
 */
export async function reportYears(bureaus: Bureaus): Promise<void> {
	const { legal, rootId, calendar } = bureaus;
	const year = Number(calendar.today.slice(0, 4));
	const at = (ctx: SignedIn, date: string, hour = 10): SignedIn => ({
		...ctx,
		now: calendar.instant(Math.min(-1, calendar.day(date)), hour)
	});
	const begun = at(legal, `${year - 1}-01-20`);
	const former = await createPlan(begun, {
		...{ unitId: rootId, titleZh: `${year - 1}年依法行政工作计划`, basis: '望舒省依法行政工作要点（示例）' },
		titleEn: `Work plan for law-based administration, ${year - 1}`,
		...{ fromYear: year - 1, toYear: year - 1, start: 'provincial' }
	});
	await publishPlan(begun, { planId: former });
	const renewed = at(legal, `${year}-01-22`);
	const present = await copyPlan(renewed, { planId: former, fromYear: year });
	await publishPlan(renewed, { planId: present });

	await closeRound(bureaus, former, year - 1, at);
	await score(bureaus, former, year - 1, at);
	await beginRound(bureaus, present, year);
	await teach(bureaus, year);
}

type At = (ctx: SignedIn, date: string, hour?: number) => SignedIn;

const noDates = { dueDivision: null, dueInstitution: null, dueCity: null, dueCounty: null };

/** Last year's round: handed in by the middle of January but for two, and accepted. */
async function closeRound(bureaus: Bureaus, planId: string, year: number, at: At): Promise<void> {
	const { legal, liaison, leader, rootId } = bureaus;
	const dueCity = usualDueDate(year);
	const cycleId = await openCycle(at(legal, `${year}-12-01`), {
		...{ unitId: rootId, year, planId, ...usualLateRule, ...noDates, dueCity }
	});
	const reports = await listReports(legal, { cycleId });
	for (const [index, report] of reports.entries()) {
		const day = `${year + 1}-01-${index === 3 ? 20 : index === 7 ? 31 : 12}`;
		await writeAll(at(liaison, day, 9), planId, report, 99);
		await submitReport(at(liaison, day), { reportId: report.id });
		if (index === 1) {
			const remarks = '复议案件数据没有写明来源，请补充；不足部分写得笼统，请说明原因。';
			await returnReport(at(legal, day, 14), { reportId: report.id, remarks, againBy: `${year + 1}-02-10` });
			await submitReport(at(liaison, `${year + 1}-02-05`), { reportId: report.id });
		}
		await signReport(at(leader, `${year + 1}-02-08`), { reportId: report.id });
		await acceptReport(at(legal, `${year + 1}-02-12`), { reportId: report.id, remarks: '' });
	}
}

/** This year's: some have begun to write, the others have not. */
async function beginRound({ legal, liaison, rootId, cityId, calendar }: Bureaus, planId: string, year: number) {
	const dueCity = usualDueDate(year);
	const cycleId = await openCycle(
		{ ...legal, now: calendar.instant(-6, 9) },
		{ ...{ unitId: rootId, year, planId, ...usualLateRule, ...noDates, dueCity } }
	);
	const reports = await listReports(legal, { cycleId });
	const begun = reports.filter(({ unitId }, index) => unitId === cityId || index < 4);
	for (const [index, report] of begun.entries())
		await writeAll({ ...liaison, now: calendar.instant(-3, 9 + index) }, planId, report, 5 + index * 3);
}

/** Writes the first sections of a report, and a figure of its own. */
async function writeAll(ctx: SignedIn, planId: string, { id, unit }: Asked, most: number): Promise<void> {
	const frames = sectionsOf(await listItems(ctx, planId)).slice(0, most);
	await saveSections(ctx, {
		report: id,
		sections: frames.map(({ key, title }, index) => ({
			section: key as 'next',
			version: 0,
			text: fixed[key] ?? measureOf(unit, title['zh-CN'], index)
		}))
	});
	await addFigure(ctx, {
		...{ reportId: id, label: '办结行政复议案件', value: 3 + (unit.length % 7), measure: '件' },
		...{ source: '本局行政复议台账', asOf: ctx.now.toISOString().slice(0, 10) }
	});
}

const measureOf = (unit: string, title: string, index: number): string =>
	[
		`${unit}把“${title}”列入年度要点，明确了牵头科室和完成时限，按季检查进度。`,
		`围绕“${title}”修订了${(index % 3) + 1}项制度，开展了${(index % 4) + 2}次检查，发现的问题全部整改。\n相关台账已经归档。`,
		`“${title}”各项要求已经落实，群众和企业的意见逐条答复。`
	][index % 3]!;

const fixed: Record<string, string> = {
	shortcomings: '基层法制审核力量不足，部分案卷文书不够规范。原因是人员变动较多，培训没有及时跟上。',
	head: '主要负责人全年主持研究法治工作四次，带头会前学法，听取复议应诉情况汇报两次。',
	next: '补齐法制审核人员，案卷评查覆盖全部县区，年底前完成证明事项清理。'
};

/** Last year's assessment items: some units verified, some waiting, the rest still scoring themselves. */
async function score({ legal, liaison, rootId, cities }: Bureaus, planId: string, year: number, at: At): Promise<void> {
	const arranged = at(legal, `${year}-03-10`);
	const setId = await createSet(arranged, {
		...{ unitId: rootId, year, titleZh: `${year}年度依法行政考核指标`, planId, copyOf: null },
		titleEn: `Assessment items on law-based administration, ${year}`
	});
	await publishSet(arranged, { setId });
	const set = await getSet(legal, setId);
	for (const [index, city] of cities.slice(0, 7).entries()) {
		const { id: sheetId, items } = await getSheet(legal, set, city.id);
		const own = at(liaison, `${year + 1}-01-18`);
		for (const { id, points } of items)
			await scoreSelf(own, { sheetId, indicatorId: id, selfScore: points, selfText: '按标准落实，材料见年度报告。' });
		await handInSheet(own, { sheetId });
		if (index > 4) continue;
		const judge = at(legal, `${year + 1}-02-20`);
		for (const [place, { id, points }] of items.entries()) {
			const short = (place + index) % 5 === 0;
			const verified = { verifiedScore: short ? points - 1 : points, reason: short ? '台账不全，扣1分。' : '' };
			await verifyScore(judge, { sheetId, indicatorId: id, voided: false, ...verified });
		}
		await closeSheet(judge, { sheetId });
	}
}

const measures = [
	{
		phase: '第一阶段',
		what: '制定计划，开展宪法和民法典专题学习',
		forWhom: '全体干部',
		byWhom: '办公室',
		days: [-250, -200]
	},
	{ phase: '第二阶段', what: '劳动合同法进企业', forWhom: '用人单位', byWhom: '劳动关系科', days: [-190, -120] },
	{ phase: '第二阶段', what: '窗口人员业务法规测查', forWhom: '窗口人员', byWhom: '社会保险科', days: [-110, -40] },
	{ phase: '第三阶段', what: '宪法宣传周广场咨询', forWhom: '社会公众', byWhom: '法规科', days: [5, 20] }
] as const;

/** Study and publicity plans of some cities, a sample of them inspected: one finding answered, one waiting. */
async function teach({ legal, liaison, cities, calendar }: Bureaus, year: number): Promise<void> {
	for (const [index, { id: unitId }] of cities.slice(0, 5).entries()) {
		const planner: SignedIn = { ...liaison, now: calendar.instant(-260, 10) };
		const planId = await createPublicityPlan(planner, { unitId, year, title: `${year}年学法普法计划` });
		for (const { days, ...measure } of measures)
			await addMeasure(planner, {
				...{ planId, ...measure },
				...{ startsOn: calendar.date(days[0]), endsOn: calendar.date(days[1]) }
			});
		await publishPublicityPlan(planner, { planId });
		for (const [place, { id: itemId, endsOn }] of (await listMeasures(liaison, planId)).entries()) {
			if (place > 2 || (place === 2 && index === 1)) continue;
			await checkOff(liaison, { planId, itemId, doneOn: endsOn, doneText: '已按计划开展，签到和照片存档。' });
		}
	}
	// Chosen, not drawn: chance of the platform's own would make another province each time.
	const chosen = (await listPlans(legal, year)).filter((_, index) => index === 0 || index === 2);
	for (const [index, { id: planId }] of chosen.entries()) {
		await inspectPlan({ ...legal, now: calendar.instant(-30, 9) }, { planId });
		const [inspection] = await listInspections(legal, planId);
		await writeFinding(
			{ ...legal, now: calendar.instant(-20, 15) },
			{
				...{ planId, inspectionId: inspection!.id, answerBy: calendar.date(7) },
				text: '企业普法活动缺少反馈记录，请补充参加单位名单和意见汇总。'
			}
		);
		const finding = (await listInspections(legal, planId))[0]!.findings[0]!;
		if (index === 0)
			await answerFinding(
				{ ...liaison, now: calendar.instant(-12, 10) },
				{ planId, findingId: finding.id, answer: '名单和意见汇总已补齐，今后随活动同步归档。' }
			);
	}
}
