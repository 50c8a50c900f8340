import { eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { assessmentAdjustments, assessmentResults } from '#db/schema/assessment-results.ts';
import { assessmentCycles, assessmentUnits } from '#db/schema/assessments.ts';
import '#lib/server/jobs/subscriptions.ts';
import { adjustResult, adjustResults, commentResult } from '#lib/server/assessments/adjust-results.ts';
import { amendResult } from '#lib/server/assessments/closing/amend-result.ts';
import { closeCycle } from '#lib/server/assessments/closing/close-cycle.ts';
import { signCycle } from '#lib/server/assessments/closing/sign-cycle.ts';
import { countDiffering, verifyCycles } from '#lib/server/assessments/closing/verify-cycles.ts';
import { type CycleState, transitions } from '#lib/server/assessments/cycle/cycle-state.ts';
import { draftResults, startDraft } from '#lib/server/assessments/cycle/draft-results.ts';
import { openCycle } from '#lib/server/assessments/cycle/open-cycle.ts';
import { publishResults, tellPublished } from '#lib/server/assessments/cycle/publish-results.ts';
import {
	beginHrReview,
	beginReviews,
	remindReviewers,
	returnReview,
	submitReview
} from '#lib/server/assessments/cycle/reviews.ts';
import { decideObjection, raiseObjection, withdrawObjection } from '#lib/server/assessments/objections.ts';
import { listOwnResults, listResults } from '#lib/server/assessments/queries.ts';
import { getOwnResult, getResult } from '#lib/server/assessments/read-result.ts';
import type { Context, SignedIn } from '#lib/server/platform/context.ts';
import { anAccount, thePassword } from '#tests/factories/accounts.ts';
import { aCycle, aScheme } from '#tests/factories/assessments.ts';
import { aCompletion, aCourse } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { anObligation } from '#tests/factories/programmes.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const later = <Ctx extends Context>(ctx: Ctx, days: number): Ctx => ({
	...ctx,
	now: new Date(ctx.now.getTime() + days * 86_400_000)
});
const noChange = { points: 0, band: '' as const };

/** Two offices of a city, one course each for three people: done, not done, and done by somebody of HR. */
async function aYear(base: Context) {
	const province = await theProvince(base);
	const city = await aUnit(base, { kind: 'city' });
	const [office, other] = [await aUnit(base, { below: city }), await aUnit(base, { below: city })];
	const hr = await aPerson(base, { unit: city });
	const leader = await anAccount(base, { person: await aPerson(base, { unit: province }) });
	const liaison = await aPerson(base, { unit: office });
	const [good, bad] = [await aPerson(base, { unit: office }), await aPerson(base, { unit: other })];
	const course = await aCourse(base, { lessons: 1 });
	for (const person of [good, hr]) {
		const completion = await aCompletion(base, { person, course });
		await anObligation(base, {
			person,
			course,
			dueOn: '2026-11-30',
			completionId: completion.id,
			completedAt: completion.completedAt
		});
	}
	await anObligation(base, { person: bad, course, dueOn: '2026-11-30' });
	await aScheme(base, { year: 2026 });

	const ctx = as(base, hr.id, { role: 'hr', unit: city });
	const cycleId = await openCycle(ctx, {
		year: 2026,
		unitId: city.id,
		reviewsDueOn: '2026-12-20',
		objectionDays: 5,
		reviewDepth: 1
	});
	const resultOf = async (personId: string) => {
		const [result] = await base.db.select().from(assessmentResults).where(eq(assessmentResults.personId, personId));
		return result!;
	};
	const stateOf = async () =>
		(await base.db.select().from(assessmentCycles).where(eq(assessmentCycles.id, cycleId)))[0]!;
	const act = {
		liaison: as(base, liaison.id, { role: 'liaison', unit: office }),
		leader: as(base, leader.id, { role: 'leader', unit: province }),
		deputy: as(base, (await aPerson(base, { unit: province })).id, { role: 'hr', unit: province }),
		good: as(base, good.id),
		bad: as(base, bad.id)
	};
	const upTo = async (state: CycleState) => {
		const steps: [CycleState, () => Promise<unknown>][] = [
			['drafting', () => startDraft(ctx, { cycle: cycleId })],
			['drafted', () => draftResults(base, cycleId)],
			['unit-review', () => beginReviews(ctx, { cycle: cycleId })],
			['hr-review', () => beginHrReview(ctx, { cycle: cycleId })],
			['published', () => publishResults(ctx, { cycle: cycleId })],
			['signed', () => signCycle(later(act.leader, 6), { cycle: cycleId, password: thePassword })],
			['closed', () => closeCycle(later(base, 6), cycleId)]
		];
		const from = steps.findIndex(([name]) => name === state);
		for (const [name, step] of steps.slice(0, from + 1))
			if (order.indexOf(name) > order.indexOf((await stateOf()).state)) await step();
	};
	return { base, ctx, cycleId, city, office, other, hr, good, bad, act, resultOf, stateOf, upTo };
}
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

/** In a savepoint, so that a refusal of the database leaves the test's transaction usable. */
const attempt = (ctx: Context, act: (ctx: Context) => Promise<unknown>) =>
	ctx.db.transaction((db) => act({ ...ctx, db: db as unknown as Context['db'] }));

describe('drafting', () => {
	test('gives everybody who owed something a result, in official order, and again as often as wanted', async ({
		ctx: base
	}) => {
		const { ctx, cycleId, good, bad, office, upTo, resultOf, stateOf } = await aYear(base);
		await upTo('drafted');
		expect(await resultOf(good.id)).toMatchObject({
			score: 100,
			band: 'excellent',
			draftBand: 'excellent',
			parts: [10_000]
		});
		expect(await resultOf(bad.id)).toMatchObject({ score: 0, band: 'not-qualified', limits: ['veto:courses-open'] });
		expect(await stateOf()).toMatchObject({ state: 'drafted', results: 3, done: 4, total: 4 });
		const places = (await base.db.select({ place: assessmentResults.place }).from(assessmentResults)).map(
			({ place }) => place
		);
		expect(places.toSorted()).toEqual([1, 2, 3]);
		const [unit] = await base.db.select().from(assessmentUnits).where(eq(assessmentUnits.unitId, office.id));
		expect(unit).toMatchObject({ own: 1, people: 1, reviewUnitId: office.id });

		await startDraft(ctx, { cycle: cycleId });
		expect(await draftResults(base, cycleId)).toBe(3);
	});

	test('needs an adopted scheme, and never overlaps another cycle of the year', async ({ ctx: base }) => {
		const { ctx, cycleId, office, city } = await aYear(base);
		await base.db.execute(sql`delete from assessment_schemes where state = 'draft'`);
		const open = (unitId: string, year: number) =>
			openCycle(ctx, { year, unitId, reviewsDueOn: '2026-12-20', objectionDays: 5, reviewDepth: 1 });
		await expect(open(office.id, 2026)).rejects.toThrow('cycle.overlaps');
		await expect(open(city.id, 2027)).rejects.toThrow('cycle.year-ahead');
		const before = await open(city.id, 2025);
		await expect(startDraft(ctx, { cycle: before })).rejects.toThrow('cycle.no-scheme');
		await startDraft(ctx, { cycle: cycleId });
	});
});

describe('each step', () => {
	test('goes only where the cycle may go, in the domain as in the database', async ({ ctx: base }) => {
		const { ctx, cycleId, upTo } = await aYear(base);
		const act: Partial<Record<CycleState, () => Promise<unknown>>> = {
			drafting: () => startDraft(ctx, { cycle: cycleId }),
			'unit-review': () => beginReviews(ctx, { cycle: cycleId }),
			'hr-review': () => beginHrReview(ctx, { cycle: cycleId }),
			published: () => publishResults(ctx, { cycle: cycleId })
		};
		for (const state of order.slice(0, 6)) {
			await upTo(state);
			for (const target of order) {
				if (transitions[state].includes(target)) continue;
				if (act[target]) await expect(attempt(base, () => act[target]!())).rejects.toThrow('cycle.wrong-state');
				if (target === state) continue;
				const leap = attempt(base, ({ db }) =>
					db.execute(sql`update assessment_cycles set state = ${target} where id = ${cycleId}`)
				);
				await expect(leap, `${state} → ${target}`).rejects.toThrow();
			}
		}
	});

	test('is for whoever may, within their reach', async ({ ctx: base }) => {
		const { cycleId, upTo, act, resultOf, good, office } = await aYear(base);
		const stranger = as(base, (await aPerson(base)).id, { role: 'hr', unit: await aUnit(base) });
		await upTo('unit-review');
		const { id: resultId } = await resultOf(good.id);
		for (const ctx of [stranger, act.liaison]) {
			await expect(beginHrReview(ctx, { cycle: cycleId })).rejects.toThrow('cycle.not-found');
			await expect(publishResults(ctx, { cycle: cycleId })).rejects.toThrow('cycle.not-found');
			await expect(signCycle(ctx, { cycle: cycleId, password: thePassword })).rejects.toThrow('cycle.not-found');
		}
		await expect(adjustResult(stranger, { resultId, ...noChange, points: -5, reason: '不符' })).rejects.toThrow(
			'result.not-found'
		);
		await expect(submitReview(stranger, { cycle: cycleId, unitId: office.id })).rejects.toThrow('review.not-found');
		await expect(getResult(stranger, resultId)).rejects.toThrow('result.not-found');
		await expect(raiseObjection(act.bad, { resultId, reason: '不服' })).rejects.toThrow('result.not-found');
		const [unit] = await base.db.select().from(assessmentUnits).where(eq(assessmentUnits.unitId, office.id));
		expect((await listResults(act.liaison, { cycleId, first: 1, people: 99 })).rows).toHaveLength(unit!.people);
		expect((await listResults(stranger, { cycleId, first: 1, people: 99 })).rows).toEqual([]);
	});
});

describe('reviewing', () => {
	test('adjusts with a reason until the unit has handed in; HR gives back and adjusts after', async ({ ctx: base }) => {
		const { ctx, cycleId, office, other, good, bad, act, upTo, resultOf } = await aYear(base);
		await upTo('unit-review');
		const { id: resultId } = await resultOf(good.id);
		await expect(adjustResult(act.liaison, { resultId, ...noChange, reason: '无变化' })).rejects.toThrow(
			'result.nothing-changed'
		);
		await adjustResult(act.liaison, { resultId, points: -15, band: '', reason: '代考一次' });
		expect(await resultOf(good.id)).toMatchObject({ score: 85, band: 'qualified', draftScore: 100 });
		await commentResult(act.liaison, { resultId, text: '请人事处核对' });

		await submitReview(act.liaison, { cycle: cycleId, unitId: office.id });
		await expect(adjustResult(act.liaison, { resultId, points: 5, band: '', reason: '再调' })).rejects.toThrow(
			'review.submitted'
		);
		await expect(submitReview(act.liaison, { cycle: cycleId, unitId: office.id })).rejects.toThrow('review.submitted');
		expect(await remindReviewers(ctx, { cycle: cycleId, units: [] })).toBeGreaterThan(0);
		await expect(returnReview(ctx, { cycle: cycleId, unitId: other.id, reason: '缺理由' })).rejects.toThrow(
			'review.open'
		);

		await beginHrReview(ctx, { cycle: cycleId });
		await expect(adjustResult(act.liaison, { resultId, points: 5, band: '', reason: '再调' })).rejects.toThrow(
			'result.not-found'
		);
		await returnReview(ctx, { cycle: cycleId, unitId: office.id, reason: '理由不足' });
		await adjustResult(act.liaison, { resultId, points: 5, band: '', reason: '核实后减轻' });
		await beginHrReview(ctx, { cycle: cycleId });
		const { id: badId } = await resultOf(bad.id);
		expect(
			await adjustResults(ctx, {
				cycle: cycleId,
				resultIds: [badId, resultId],
				points: 0,
				band: 'qualified',
				reason: '抽调办案'
			})
		).toBe(2);
		expect(await resultOf(bad.id)).toMatchObject({ score: 0, band: 'qualified' });
		expect(await base.db.select().from(assessmentAdjustments)).toHaveLength(4);
	});

	test('is never of one’s own result', async ({ ctx: base }) => {
		const { ctx, hr, upTo, resultOf } = await aYear(base);
		await upTo('hr-review');
		const { id: resultId } = await resultOf(hr.id);
		await expect(adjustResult(ctx, { resultId, points: -5, band: '', reason: '自评' })).rejects.toThrow(
			'access.own-case'
		);
	});
});

describe('objecting', () => {
	test('is the person’s own, once at a time, in time, and decided by somebody who has not adjusted', async ({
		ctx: base
	}) => {
		const { ctx, bad, act, upTo, resultOf, cycleId } = await aYear(base);
		await upTo('hr-review');
		const { id: resultId } = await resultOf(bad.id);
		await adjustResult(ctx, { resultId, points: 10, band: '', reason: '漏记' });
		await expect(getOwnResult(act.bad, 2026)).rejects.toThrow('result.not-found');
		await expect(raiseObjection(act.bad, { resultId, reason: '已补学' })).rejects.toThrow('cycle.wrong-state');
		await upTo('published');
		await tellPublished(base, cycleId);
		expect(await listOwnResults(act.bad)).toMatchObject([{ year: 2026, band: 'not-qualified', score: 10 }]);

		await expect(raiseObjection(later(act.bad, 6), { resultId, reason: '已补学' })).rejects.toThrow('objection.over');
		await raiseObjection(act.bad, { resultId, reason: '已补学' });
		await expect(attempt(base, () => raiseObjection(act.bad, { resultId, reason: '再提' }))).rejects.toThrow(
			'objection.open'
		);
		const [first] = (await getOwnResult(act.bad, 2026)).objections;
		await withdrawObjection(act.bad, { objectionId: first!.objection.id });
		await raiseObjection(act.bad, { resultId, reason: '已补学，附证明' });
		const objectionId = (await getOwnResult(act.bad, 2026)).objections.at(-1)!.objection.id;

		const verdict = { objectionId, points: 60, band: '' as const, answer: '核实，补记' };
		await expect(decideObjection(ctx, { ...verdict, verdict: 'upheld' })).rejects.toThrow('objection.own-adjustment');
		await expect(decideObjection(act.deputy, { ...verdict, points: 0, verdict: 'upheld' })).rejects.toThrow(
			'objection.no-change'
		);
		await expect(decideObjection(act.deputy, { ...verdict, verdict: 'dismissed' })).rejects.toThrow(
			'objection.changes-nothing'
		);
		await expect(signCycle(later(act.leader, 6), { cycle: cycleId, password: thePassword })).rejects.toThrow(
			'cycle.objections-open'
		);
		await decideObjection(act.deputy, { ...verdict, verdict: 'upheld' });
		expect(await resultOf(bad.id)).toMatchObject({ score: 70, band: 'qualified' });
		await expect(decideObjection(act.deputy, { ...verdict, verdict: 'upheld' })).rejects.toThrow('objection.decided');
		await upTo('signed');
	});
});

describe('signing and closing', () => {
	test('takes the leader’s password, and waits for the days to object', async ({ ctx: base }) => {
		const { act, cycleId, upTo, stateOf } = await aYear(base);
		await upTo('published');
		await expect(signCycle(act.leader, { cycle: cycleId, password: thePassword })).rejects.toThrow(
			'cycle.objections-last'
		);
		await expect(signCycle(later(act.leader, 6), { cycle: cycleId, password: '不对的密码' })).rejects.toThrow(
			'password.wrong'
		);
		expect((await stateOf()).state).toBe('published');
		await upTo('closed');
		expect((await stateOf()).digest).toHaveLength(32);
	});

	test('nothing changes afterwards, whoever tries, by whatever way', async ({ ctx: base }) => {
		const { ctx, cycleId, upTo, good, bad, act, resultOf } = await aYear(base);
		await upTo('published');
		const { id: badId } = await resultOf(bad.id);
		await raiseObjection(act.bad, { resultId: badId, reason: '已补学' });
		await decideObjection(act.deputy, {
			objectionId: (await getOwnResult(act.bad, 2026)).objections[0]!.objection.id,
			verdict: 'dismissed',
			points: 0,
			band: '',
			answer: '无证明'
		});
		const { id: resultId } = await resultOf(good.id);
		const changes = [
			sql`update assessment_results set score = 1 where id = ${resultId}`,
			sql`update assessment_results set inputs = '{}' where id = ${resultId}`,
			sql`delete from assessment_results where id = ${resultId}`,
			sql`truncate assessment_results cascade`,
			sql`insert into assessment_adjustments select gen_random_uuid(), ${resultId}, 'hr-review', 100, 1, 'excellent', 'not-qualified', 'x', ${act.deputy.actor.personId}, now()`,
			sql`update assessment_objections set state = 'upheld'`,
			sql`delete from assessment_objections`,
			sql`insert into assessment_comments select gen_random_uuid(), ${resultId}, 'x', ${act.deputy.actor.personId}, now()`,
			sql`update assessment_cycles set state = 'published', signed_at = null, closed_at = null, digest = null where id = ${cycleId}`,
			sql`update assessment_schemes set decimals = 2`,
			sql`delete from assessment_schemes`
		];
		const closedOnly = [
			sql`update assessment_units set excellent = 9 where cycle_id = ${cycleId}`,
			sql`update assessment_cycles set results = 0 where id = ${cycleId}`,
			sql`delete from assessment_cycles where id = ${cycleId}`
		];
		for (const state of ['signed', 'closed'] as const) {
			await upTo(state);
			for (const change of state === 'closed' ? [...changes, ...closedOnly] : changes)
				await expect(attempt(base, ({ db }) => db.execute(change))).rejects.toThrow();
			await expect(adjustResult(ctx, { resultId, points: -5, band: '', reason: '晚了' })).rejects.toThrow(
				'cycle.wrong-state'
			);
			await expect(commentResult(ctx, { resultId, text: '晚了' })).rejects.toThrow('cycle.wrong-state');
			await expect(raiseObjection(act.good, { resultId, reason: '晚了' })).rejects.toThrow('cycle.wrong-state');
		}
	});

	test('an amendment is appended with old and new value, signed, and the newest holds', async ({ ctx: base }) => {
		const { upTo, good, act, resultOf } = await aYear(base);
		await upTo('published');
		const { id: resultId } = await resultOf(good.id);
		await anAccount(base, { person: await personOf(base, act.deputy) });
		const amendment = { resultId, points: -20, band: '' as const, reason: '补课证明作废', password: thePassword };
		await expect(amendResult(act.deputy, amendment)).rejects.toThrow('result.not-closed');
		await upTo('closed');
		await expect(amendResult(act.deputy, { ...amendment, password: '不对的密码' })).rejects.toThrow('password.wrong');
		await amendResult(act.deputy, amendment);
		await amendResult(act.deputy, { ...amendment, points: 0, band: 'excellent', reason: '复核后恢复' });
		const result = await getResult(act.deputy, resultId);
		expect(result.holds).toEqual({ score: 80, band: 'excellent' });
		expect(
			result.amendments.map(({ amendment: { fromScore, toScore, fromBand, toBand } }) => [
				fromScore,
				toScore,
				fromBand,
				toBand
			])
		).toEqual([
			[100, 80, 'excellent', 'qualified'],
			[80, 80, 'qualified', 'excellent']
		]);
		expect(await resultOf(good.id)).toMatchObject({ score: 100, band: 'excellent' });
	});

	test('the digest is proved again, and a result follows from its frozen inputs although units and exams have changed', async ({
		ctx: base
	}) => {
		const { upTo, cycleId, office, good } = await aYear(base);
		await upTo('closed');
		await base.db.execute(sql`update units set name = '改名后的处', path = path::text::ltree where id = ${office.id}`);
		await base.db.execute(
			sql`update obligations set withdrawn_at = now(), withdrawn_because = 'x' where person_id = ${good.id} and completed_at is null`
		);
		expect(await verifyCycles(base)).toMatchObject([{ id: cycleId, holds: true, differing: 0, results: 3 }]);
		expect(await countDiffering(base, cycleId)).toBe(0);

		await base.db.execute(sql`alter table assessment_results disable trigger all`);
		await base.db.execute(sql`update assessment_results set score = score - 1 where person_id = ${good.id}`);
		expect(await verifyCycles(base)).toMatchObject([{ holds: false, differing: 0 }]);
		await base.db.execute(
			sql`update assessment_results set score = score + 1, draft_score = 99 where person_id = ${good.id}`
		);
		expect(await verifyCycles(base)).toMatchObject([{ holds: false, differing: 1 }]);
	});
});

async function personOf({ db }: Context, { actor }: SignedIn) {
	const { rows } = await db.execute<{ id: string }>(sql`select * from people where id = ${actor.personId}`);
	return rows[0] as never;
}

test('a cycle is made in every state', async ({ ctx }) => {
	for (const state of order) expect(await aCycle(ctx, { unit: await aUnit(ctx), state })).toMatchObject({ state });
});
