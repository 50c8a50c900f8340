import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { assessmentResults } from '#db/schema/assessments.ts';
import { obligations } from '#db/schema/programmes.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type { Band } from '#lib/schemas/assessments.ts';
import { amendResult, confirmResults, decideResult } from '../../assessments/confirm-results.ts';
import { proposeResults } from '../../assessments/propose-results.ts';
import { batchesOf } from '../../platform/batches.ts';
import type { Context, SignedIn } from '../../platform/context.ts';
import { extend, remind } from '../../programmes/change-obligations.ts';
import type { Calendar } from './calendar.ts';
import type { Assignment } from './duties.ts';
import type { Office } from './offices.ts';

/** The two of the HR office who decide: one about everybody, the other about the one. */
export interface Deciders {
	chief: SignedIn;
	deputy: SignedIn;
}

/** Whole provinces up to this size are decided about at once, larger ones city by city. */
const atOnce = 20_000;

/**
 * Closes last year and opens this one, by the platform's own commands: results of last year are proposed and confirmed in
 * January, some against the proposal and some amended since; this year's are proposed for the first cities.
 */
export async function closeLastYear({ chief, deputy }: Deciders, offices: Office[], calendar: Calendar): Promise<void> {
	const year = Number(calendar.today.slice(0, 4));
	const january = (day: number, hour: number) =>
		calendar.instant(Math.min(-2, calendar.day(`${year}-01-${day}`)), hour);
	const cities = offices.filter(({ type }) => type === 'city');
	const size = offices.reduce((sum, office) => sum + office.size, 0);

	for (const { id } of size > atOnce ? cities : offices.slice(0, 1)) {
		await proposeResults({ ...chief, now: january(12, 9) }, { year: year - 1, unitId: id });
	}
	const open = await openResults(chief, year - 1);
	for (const { id, band } of exceptions(open)) {
		const [better, reason] =
			band === 'qualified' ? (['excellent', abroad] as const) : (['qualified', onLeave] as const);
		await decideResult({ ...chief, now: january(14, 10) }, { resultId: id, band: better, reason });
	}
	const root = offices[0]!.id;
	await confirmAll({ ...chief, now: january(15, 14) }, await openResults(chief, year - 1), year - 1, root);
	await confirmAll({ ...deputy, now: january(15, 16) }, await openResults(chief, year - 1), year - 1, root);
	await amendSome(
		{ ...chief, now: calendar.instant(calendar.workday(-40), 10) },
		open.filter((result) => !exceptions(open).includes(result))
	);

	for (const { id } of cities.slice(0, 4))
		await proposeResults({ ...chief, now: calendar.instant(-1, 16) }, { year, unitId: id });
}

interface Open {
	id: string;
	band: Band;
}

const abroad = '未完成的课程因年底公派外出未能按期学完，其余均已达标。';
const onLeave = '全年病休满六个月，按规定不因未完成课程评为不合格。';

/** Where the HR office decides otherwise than the rule proposes: a few of each band, at most half of them. */
const exceptions = (open: Open[]): Open[] =>
	(['qualified', 'not-qualified'] as const).flatMap((band) => {
		const held = open.filter((result) => result.band === band);
		return held.slice(0, Math.min(3, Math.floor(held.length / 2)));
	});

function openResults({ db }: Context, year: number): Promise<Open[]> {
	return db
		.select({ id: assessmentResults.id, band: assessmentResults.proposedBand })
		.from(assessmentResults)
		.innerJoin(people, eq(people.id, assessmentResults.personId))
		.where(and(eq(assessmentResults.year, year), isNull(assessmentResults.confirmedAt)))
		.orderBy(asc(people.staffNumber));
}

async function confirmAll(ctx: SignedIn, results: Open[], year: number, unitId: string): Promise<void> {
	const resultIds = results.map(({ id }) => id);
	for (const part of batchesOf(resultIds)) await confirmResults(ctx, { resultIds: part, all: false, year, unitId });
}

async function amendSome(ctx: SignedIn, results: Open[]): Promise<void> {
	for (const { id } of results.filter(({ band }) => band === 'qualified').slice(0, 3)) {
		const reason = '本人申请复核：补录的测查成绩属实，按规则应为优秀。';
		await amendResult(ctx, { resultId: id, band: 'excellent', reason });
	}
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
