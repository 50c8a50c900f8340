import { asc, eq, sql } from 'drizzle-orm';
import { obligations } from '#db/schema/programmes.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type { Band } from '#lib/schemas/assessments.ts';
import { adjustResult } from '../../assessments/adjust-results.ts';
import { appendAmendment } from '../../assessments/closing/amend-result.ts';
import { closeCycle } from '../../assessments/closing/close-cycle.ts';
import { signOff } from '../../assessments/closing/sign-cycle.ts';
import { draftResults, startDraft } from '../../assessments/cycle/draft-results.ts';
import { openCycle } from '../../assessments/cycle/open-cycle.ts';
import { publishResults, tellPublished } from '../../assessments/cycle/publish-results.ts';
import { beginHrReview, beginReviews, submitReview } from '../../assessments/cycle/reviews.ts';
import { commitGrades, readGradeSheet } from '../../assessments/grades/import-grades.ts';
import { adoptScheme, createScheme } from '../../assessments/schemes/change-scheme.ts';
import type { SignedIn } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { extend, remind } from '../../programmes/change-obligations.ts';
import type { Calendar } from './calendar.ts';
import type { Assignment } from './duties.ts';
import type { Office } from './offices.ts';

/** Those who decide about the year: two of the HR office, and the leader who signs. */
export interface Deciders {
	chief: SignedIn;
	deputy: SignedIn;
	leader: SignedIn;
}

/** Grades are brought in for provinces up to this size: the committee's sheet holds no more rows. */
const mostGraded = 20_000;

/**
 * Assesses last year to its end and this year half-way, by the platform's own commands: drafted by the adopted scheme, reviewed
 * with a few adjustments, published, signed and closed in January, a few results amended since; this year's is with the units.
 */
export async function assessYears(deciders: Deciders, offices: Office[], calendar: Calendar): Promise<void> {
	const year = Number(calendar.today.slice(0, 4));
	const before = (latest: number, date: string, hour: number) =>
		calendar.instant(Math.min(latest, calendar.day(date)), hour);
	const root = offices[0]!.id;
	const scheme = await adopt(deciders.chief, year - 1, '', before(-400, `${year - 2}-12-20`, 10));

	const { chief, deputy, leader } = deciders;
	const first = { ...chief, now: before(-14, `${year}-01-09`, 9) };
	const cycle = await draft(first, { year: year - 1, unitId: root, reviewsDueOn: calendar.date(-12) });
	await adjustSome({ ...chief, now: before(-13, `${year}-01-10`, 10) }, cycle);
	await handIn({ ...deputy, now: before(-12, `${year}-01-12`, 15) }, cycle, 1);
	await beginHrReview({ ...chief, now: before(-11, `${year}-01-13`, 9) }, { cycle });
	const published = { ...chief, now: before(-10, `${year}-01-15`, 14) };
	await publishResults(published, { cycle });
	await tellPublished(published, cycle);
	const signed = { ...leader, now: before(-2, `${year}-01-26`, 10) };
	await signOff(signed, cycle);
	await closeCycle({ ...signed, now: new Date(signed.now.getTime() + 60_000) }, cycle);
	await amendSome({ ...deputy, now: calendar.instant(-1, 10) }, cycle);
	await bringGrades({ ...chief, now: calendar.instant(-1, 11) }, cycle, year - 1);

	await adopt(chief, year, scheme, before(-1, `${year}-02-20`, 10));
	const second = { ...chief, now: calendar.instant(-1, 16) };
	const open = await draft(second, { year, unitId: root, reviewsDueOn: calendar.date(12) });
	await handIn({ ...deputy, now: calendar.instant(-1, 17) }, open, 0.4);
}

/** The scheme of a year: the usual rule, or a copy of the year before; adopted ten days later. */
async function adopt(chief: SignedIn, year: number, from: string, now: Date): Promise<string> {
	const scheme = await createScheme({ ...chief, now }, { year, from });
	await adoptScheme({ ...chief, now: new Date(now.getTime() + 3_600_000) }, { scheme });
	return scheme;
}

type Opening = { year: number; unitId: string; reviewsDueOn: string };

async function draft(chief: SignedIn, opening: Opening): Promise<string> {
	const cycle = await openCycle(chief, { ...opening, objectionDays: 5, reviewDepth: 1 });
	await startDraft(chief, { cycle });
	await draftResults(chief, cycle);
	await beginReviews(chief, { cycle });
	return cycle;
}

/** A share of the units hands its review in. */
async function handIn(deputy: SignedIn, cycle: string, share: number): Promise<void> {
	const { rows } = await deputy.db.execute<{ unitId: string }>(sql`
		select r.unit_id as "unitId" from assessment_reviews r join units u on u.id = r.unit_id where r.cycle_id = ${cycle} order by u.code`);
	for (const { unitId } of rows.slice(0, Math.ceil(rows.length * share))) await submitReview(deputy, { cycle, unitId });
}

const abroad = '年底公派外出，线下培训漏记一次，凭证已核。';
const onLeave = '全年病休满六个月，按规定不因未完成课程评为不合格。';

/** Where the unit decides otherwise than the rule drafts: a few of each band. */
async function adjustSome(chief: SignedIn, cycle: string): Promise<void> {
	const some = (band: Band) => resultsOf(chief, cycle, band, 3);
	for (const resultId of await some('not-qualified'))
		await adjustResult(chief, { resultId, points: 0, band: 'qualified', reason: onLeave });
	for (const resultId of await some('qualified'))
		await adjustResult(chief, { resultId, points: 2, band: '', reason: abroad });
}

async function amendSome(deputy: SignedIn, cycle: string): Promise<void> {
	const reason = '本人申请复核：补录的测查成绩属实，按方案应予更正。';
	for (const resultId of await resultsOf(deputy, cycle, 'not-qualified', 3))
		await appendAmendment(deputy, { resultId, points: 0, band: 'qualified', reason });
}

/** The committee's grades, as a sheet that is brought in: 优秀 to at most a fifth, and only to those whom law study allows it. */
async function bringGrades(chief: SignedIn, cycleId: string, year: number): Promise<void> {
	const { rows } = await chief.db.execute<{ number: string; name: string; band: Band }>(sql`
		select p.staff_number as number, p.name, r.band from assessment_results r join people p on p.id = r.person_id where r.cycle_id = ${cycleId} order by p.staff_number`);
	if (rows.length > mostGraded) return;
	let excellent = 0;
	const lines = rows.map(({ number, name, band }, index) => {
		const isBest = band === 'excellent' && index % 3 === 0 && excellent < rows.length / 5;
		if (isBest) excellent++;
		return `${number},${name},${isBest ? '优秀' : band === 'not-qualified' && index % 4 === 0 ? '基本称职' : '称职'}`;
	});
	const file = Buffer.from(['工号,姓名,年度考核等次', ...lines].join('\n'));
	const decidedOn = dateOf(chief.now);
	const id = await readGradeSheet(chief, cycleId, {
		fileName: '年度考核等次.csv',
		file,
		document: `${year}年度考核通报`,
		decidedOn
	});
	await commitGrades(chief, { cycle: cycleId, import: id, all: false });
}

async function resultsOf({ db, actor }: SignedIn, cycle: string, band: Band, most: number): Promise<string[]> {
	const { rows } = await db.execute<{ id: string }>(sql`
		select r.id from assessment_results r join people p on p.id = r.person_id
		where r.cycle_id = ${cycle} and r.band = ${band} and r.person_id <> ${actor.personId} order by p.staff_number limit ${most}`);
	return rows.map(({ id }) => id);
}

/** What the HR office did about those who were late: more time for some, a reminder to the rest. */
export async function pressLateOnes(hr: SignedIn, assignments: Assignment[], calendar: Calendar): Promise<void> {
	const late = assignments.find(({ due, made, withdrawn }) => due < 0 && made > -300 && withdrawn === null);
	if (!late) return;
	const open = await hr.db
		.select({ id: obligations.id })
		.from(obligations)
		.innerJoin(units, eq(units.id, obligations.unitId))
		.innerJoin(people, eq(people.id, obligations.personId))
		.where(
			sql`${obligations.assignmentId} = ${late.id} and ${obligations.completedAt} is null and ${obligations.withdrawnAt} is null and ${people.id} <> ${hr.actor.personId}`
		)
		.orderBy(asc(people.staffNumber));
	const some = open.slice(0, Math.ceil(open.length / 3)).map(({ id }) => id);
	if (some.length === 0) return;

	await extend(
		{ ...hr, now: calendar.instant(-12, 10) },
		{ assignmentId: late.id, dueOn: calendar.date(12), obligationIds: some, listed: false, q: '' }
	);
	await remind(
		{ ...hr, now: calendar.instant(-2, 10) },
		{ assignmentId: late.id, obligationIds: [], listed: true, q: '' }
	);
}
