import { and, eq, sql } from 'drizzle-orm';
import { assessmentResults } from '#db/schema/assessment-results.ts';
import { assessmentSchemes } from '#db/schema/assessment-schemes.ts';
import { assessmentCycles } from '#db/schema/assessments.ts';
import { units } from '#db/schema/units.ts';
import type { SchemeRule } from '#lib/schemas/assessments.ts';
import { closeCycle } from '#lib/server/assessments/closing/close-cycle.ts';
import { beginHrReview, beginReviews } from '#lib/server/assessments/cycle/reviews.ts';
import type { CycleState } from '#lib/server/assessments/cycle/cycle-state.ts';
import { draftResults } from '#lib/server/assessments/cycle/draft-results.ts';
import { openCycle } from '#lib/server/assessments/cycle/open-cycle.ts';
import { publishResults } from '#lib/server/assessments/cycle/publish-results.ts';
import { readGradeSheet } from '#lib/server/assessments/grades/import-grades.ts';
import { usualRule } from '#lib/server/assessments/schemes/usual-rule.ts';
import { addDays, dateOf } from '#lib/server/platform/dates.ts';
import type { Context, SignedIn } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { anObligation } from './programmes.ts';
import { aCompletion, aCourse } from './courses.ts';
import { aPerson, type Person } from './people.ts';
import { as, theProvince, type Unit } from './units.ts';

export type Cycle = typeof assessmentCycles.$inferSelect;
export type SchemeRow = typeof assessmentSchemes.$inferSelect;

/** A rule by required courses alone: who has completed all of them has 100. */
export const byCourses: SchemeRule = {
	...usualRule.rule,
	components: [{ kind: 'courses', weight: 100, cap: null, basis: '' }]
};

/** An adopted scheme of a year for everybody, unless told otherwise. */
export async function aScheme(
	ctx: Context,
	{ rule = byCourses, ...values }: Partial<typeof assessmentSchemes.$inferInsert> & { rule?: SchemeRule } = {}
): Promise<SchemeRow> {
	const state = values.state ?? 'adopted';
	const year = values.year ?? 2026;
	const [held] = await ctx.db.select().from(assessmentSchemes).where(eq(assessmentSchemes.year, year)).limit(1);
	if (held && state === 'adopted' && values.position === undefined && held.state === 'adopted') return held;
	const [row] = await ctx.db
		.insert(assessmentSchemes)
		.values({
			id: newId(),
			year,
			name: usualRule.name(year),
			position: 1,
			...rule,
			basis: usualRule.basis,
			state,
			createdAt: ctx.now,
			adoptedAt: state === 'draft' ? null : ctx.now,
			...values
		})
		.onConflictDoNothing()
		.returning();
	return row ?? aScheme(ctx, { rule, ...values });
}

/** Somebody of HR of the province, and a leader, in whose names the cycle goes its way. */
async function theOffice(ctx: Context): Promise<{ hr: SignedIn; leader: SignedIn }> {
	const province = await theProvince(ctx);
	return {
		hr: as(ctx, (await aPerson(ctx, { unit: province })).id, { role: 'hr', unit: province }),
		leader: as(ctx, (await aPerson(ctx, { unit: province })).id, { role: 'leader', unit: province })
	};
}

/**
 * The cycle of a unit of its own, in a state; with a person who has completed one course of two unless people have duties of
 * their own. Published ones are past the days for objections where `over` says so.
 */
export async function aCycle(
	ctx: Context,
	{
		unit,
		state = 'published',
		over = false,
		...given
	}: { unit: Unit; person?: Person; state?: CycleState; year?: number; over?: boolean }
): Promise<Cycle> {
	const { hr, leader } = await theOffice(ctx);
	const year = given.year ?? (await freeYear(ctx, unit));
	await aScheme(ctx, { year });
	await aDuty(ctx, given.person ?? (await aPerson(ctx, { unit })), year);
	const id = await openCycle(hr, {
		year,
		unitId: unit.id,
		reviewsDueOn: addDays(dateOf(ctx.now), 10),
		objectionDays: 5,
		reviewDepth: 0
	});
	const order: CycleState[] = [
		'open',
		'drafting',
		'drafted',
		'unit-review',
		'hr-review',
		'published',
		'signed',
		'closed'
	];
	const reached = (wanted: CycleState) => order.indexOf(state) >= order.indexOf(wanted);
	const then = over || reached('signed') ? { ...hr, now: new Date(ctx.now.getTime() - 10 * 86_400_000) } : hr;
	// Without the job, so that no worker drafts at the same time.
	if (reached('drafting'))
		await ctx.db.update(assessmentCycles).set({ state: 'drafting' }).where(eq(assessmentCycles.id, id));
	if (reached('drafted')) await draftResults(ctx, id);
	if (reached('unit-review')) await beginReviews(hr, { cycle: id });
	if (reached('hr-review')) await beginHrReview(hr, { cycle: id });
	if (reached('published')) await publishResults(then, { cycle: id });
	if (reached('signed'))
		await ctx.db
			.update(assessmentCycles)
			.set({ state: 'signed', signedAt: ctx.now, signedBy: leader.actor.personId })
			.where(eq(assessmentCycles.id, id));
	if (reached('closed')) await closeCycle(ctx, id);
	const [cycle] = await ctx.db.select().from(assessmentCycles).where(eq(assessmentCycles.id, id));
	return cycle!;
}

/** Two required courses of a year, one completed in time. */
export async function aDuty(ctx: Context, person: Person, year: number): Promise<void> {
	const [one, other] = [await aCourse(ctx, { lessons: 1 }), await aCourse(ctx, { lessons: 1 })];
	const completion = await aCompletion(ctx, { person, course: one });
	const dueOn = `${year}-11-30`;
	await anObligation(ctx, {
		person,
		course: one,
		dueOn,
		completionId: completion.id,
		completedAt: completion.completedAt
	});
	await anObligation(ctx, { person, course: other, dueOn });
}

/** The result of a person in a cycle of their unit, made in that state. */
export async function aResult(
	ctx: Context,
	{ person, ...values }: { person: Person; year?: number; state?: CycleState; over?: boolean }
): Promise<typeof assessmentResults.$inferSelect> {
	const [unit] = await ctx.db.select().from(units).where(eq(units.id, person.unitId!));
	const cycle = await aCycle(ctx, { unit: unit!, person, ...values });
	const [result] = await ctx.db
		.select()
		.from(assessmentResults)
		.where(and(eq(assessmentResults.cycleId, cycle.id), eq(assessmentResults.personId, person.id)));
	return result!;
}

/** The latest year, up to this one, of which no cycle covers the unit. */
async function freeYear({ db }: Context, unit: Unit): Promise<number> {
	const taken = await db
		.select({ year: assessmentCycles.year })
		.from(assessmentCycles)
		.where(sql`${assessmentCycles.path} <@ ${unit.path}::ltree or ${assessmentCycles.path} @> ${unit.path}::ltree`);
	let year = 2026;
	while (taken.some((cycle) => cycle.year === year)) year--;
	return year;
}

/** A sheet of grades that somebody of HR has brought and not written yet: a new person of the unit is to have 称职. */
export async function aGradeSheet(
	ctx: Context,
	{ unit, holder }: { unit: Unit; holder: Person }
): Promise<{ cycle: string; import: string }> {
	const person = await aPerson(ctx, { unit });
	const cycle = await aCycle(ctx, { unit, person, state: 'closed' });
	const file = Buffer.from(`工号,姓名,年度考核等次\n${person.staffNumber},${person.name},称职\nX0,某某,优秀`);
	const hr = as(ctx, holder.id, { role: 'hr', unit });
	const sheet = { fileName: '等次.csv', file, document: '年度考核通报', decidedOn: '2026-11-20' };
	return { cycle: cycle.id, import: await readGradeSheet(hr, cycle.id, sheet) };
}
