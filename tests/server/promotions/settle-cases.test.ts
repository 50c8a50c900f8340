import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { exemptions, obligations } from '#db/schema/programmes.ts';
import { promotions } from '#db/schema/promotions.ts';
import { examStandingOf } from '#lib/server/promotions/item-state.ts';
import '#lib/server/jobs/subscriptions.ts';
import { appoint } from '#lib/server/people/appoint.ts';
import { announce } from '#lib/server/platform/announce.ts';
import type { Context, SignedIn } from '#lib/server/platform/context.ts';
import { exemptItems, listDecisions, postponeItem } from '#lib/server/promotions/decide-items.ts';
import { importCohort } from '#lib/server/promotions/import-cohort.ts';
import { judgedCase } from '#lib/server/promotions/judged-case.ts';
import { planClassFor } from '#lib/server/promotions/plan-class.ts';
import { setProgramme } from '#lib/server/promotions/programme.ts';
import { listCases, listCasesOf } from '#lib/server/promotions/queries.ts';
import { aCompletion, aCourse } from '#tests/factories/courses.ts';
import { aClosedEvent } from '#tests/factories/events.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { toldTo } from '#tests/factories/reminders.ts';
import { anExamResult } from '#tests/factories/promotions.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const pdf = { name: '证书.pdf', bytes: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n') };

/** The province's HR with a programme of a course, an exam before, a class and an exam after. */
async function anOffice(base: Context) {
	const province = await theProvince(base);
	const personId = (await aPerson(base, { unit: province })).id;
	const course = await aCourse(base);
	await setProgramme(as(base, personId, { role: 'admin', unit: province }), {
		...{ months: 12, courseIds: [course.id], preExam: true, trainingClass: true, classMonths: 6 },
		...{ postExam: true, postMonths: null }
	});
	return { ctx: as(base, personId, { role: 'hr', unit: province }), course, province };
}

async function aRise(ctx: SignedIn, startsOn = '2026-11-01'): Promise<Person> {
	const person = await aPerson(ctx, { unit: await aUnit(ctx) });
	await appoint(ctx, {
		...{ personId: person.id, unitId: person.unitId!, kind: 'promotion', title: '副科长' },
		...{ leadershipLevel: 'section-deputy', rank: null, startsOn, document: '示人社任〔2026〕3号' }
	});
	return person;
}

const caseOf = async (ctx: Context, person: Person) => judgedCase(ctx, (await listCasesOf(ctx, person.id))[0]!);
const statesOf = async (ctx: Context, person: Person) => (await caseOf(ctx, person)).items.map(({ state }) => state);

test('a promotion brings everything the programme asks for, each by its own date', async ({ ctx: base }) => {
	const { ctx } = await anOffice(base);
	const person = await aRise(ctx, '2027-02-01');
	const found = await caseOf(ctx, person);

	expect(found.items.map(({ asked, dueOn }) => [asked.examPurpose ?? asked.eventKind ?? asked.kind, dueOn])).toEqual([
		['pre-appointment', '2027-01-31'],
		['course', '2028-02-01'],
		['training-class', '2027-08-01'],
		['post-appointment', '2028-02-01']
	]);
	expect(found).toMatchObject({ dueOn: '2027-01-31', state: 'soon', completedAt: null });
	expect(await ctx.db.$count(obligations, eq(obligations.personId, person.id))).toBe(4);
});

test('what is done in time, late and by make-up closes the case item by item', async ({ ctx: base }) => {
	const { ctx, course } = await anOffice(base);
	const person = await aRise(ctx, '2026-10-01');
	expect(await statesOf(ctx, person)).toEqual(['overdue', 'open', 'open', 'open']);

	await anExamResult(ctx, { person, purpose: 'pre-appointment', outcome: 'passed', score: 88 });
	const { id: completionId } = await aCompletion(ctx, { person, course });
	await announce(ctx, 'course.completed', { personId: person.id, courseId: course.id, completionId });
	await aClosedEvent(ctx, { people: [person], sessions: 2, purpose: 'newly-promoted', title: '第三期任职培训班' });
	expect(await statesOf(ctx, person)).toEqual(['done-late', 'done', 'done', 'open']);

	const first = await anExamResult(ctx, { person, outcome: 'failed', score: 45 });
	expect((await caseOf(ctx, person)).items[3]).toMatchObject({ state: 'open', standing: 'make-up-due' });
	await anExamResult(ctx, { person, outcome: 'passed', score: 76, makeUpOf: first });
	const done = await caseOf(ctx, person);
	expect(done.items[3]).toMatchObject({ state: 'done', standing: 'passed-by-make-up' });
	expect(done.items[3]!.sittings).toMatchObject([{ score: 45 }, { score: 76, makeUp: true }]);
	expect(done.items[2]!.event).toMatchObject({ title: '第三期任职培训班' });
	expect(done).toMatchObject({ state: 'completed', dueOn: '2027-10-01' });
	expect(done.completedAt).not.toBeNull();
});

test('after a failed make-up nothing is left but to say so', async ({ ctx: base }) => {
	const { ctx } = await anOffice(base);
	const person = await aRise(ctx);
	const first = await anExamResult(ctx, { person, outcome: 'absent' });
	await anExamResult(ctx, { person, outcome: 'failed', score: 50, makeUpOf: first });
	const item = (await caseOf(ctx, person)).items[3]!;
	expect(examStandingOf(item.sittings)).toBe('failed-after-make-up');
	expect(item.completedAt).toBeNull();
});

test('HR exempts with evidence; the reason is for the person and for those who decide', async ({ ctx: base }) => {
	const { ctx, province } = await anOffice(base);
	const person = await aRise(ctx);
	const { id: promotionId, items } = await caseOf(ctx, person);
	const itemIds = items.map(({ id }) => id);
	const why = { promotionId, itemIds, ground: 'legal-qualification' as const, reason: '证书A2019' };
	await expect(exemptItems(as(ctx, person.id, { role: 'hr', unit: province }), why, pdf)).rejects.toThrow(
		'access.own-case'
	);
	await exemptItems(ctx, why, pdf);

	const exempt = await caseOf(ctx, person);
	expect(exempt.items.map(({ state }) => state)).toEqual(['exempt', 'exempt', 'exempt', 'exempt']);
	expect(exempt.state).toBe('completed');
	expect(JSON.stringify(exempt)).not.toContain('证书A2019');
	expect(await listDecisions(ctx, promotionId)).toHaveLength(4);
	expect(await toldTo(ctx, person.id)).toContainEqual(
		expect.objectContaining({ kind: 'promotion_exempted', values: { count: 4 } })
	);
	expect(await ctx.db.$count(exemptions, eq(exemptions.personId, person.id))).toBe(4);
	await expect(exemptItems(ctx, why, pdf)).rejects.toThrow('promotion.over');
});

test('a deadline is put off with a reason, and what it was before stays on record', async ({ ctx: base }) => {
	const { ctx } = await anOffice(base);
	const person = await aRise(ctx);
	const { id: promotionId, items } = await caseOf(ctx, person);
	const postpone = (dueOn: string) =>
		postponeItem(ctx, { promotionId, itemId: items[0]!.id, dueOn, reason: '长期病假' });
	await expect(postpone('2026-10-31')).rejects.toThrow('promotion.not-later');
	await postpone('2027-03-01');

	expect((await statesOf(ctx, person))[0]).toBe('postponed');
	expect(await toldTo(ctx, person.id)).toContainEqual(
		expect.objectContaining({ kind: 'promotion_postponed', values: { dueOn: '2027-03-01' } })
	);
	expect(await listDecisions(ctx, promotionId)).toMatchObject([
		{ kind: 'postponement', before: '2026-10-31', after: '2027-03-01', reason: '长期病假' }
	]);
	expect((await listCases(ctx, { item: 'postponed' }, 'open')).rows).toHaveLength(1);
	expect((await listCases(ctx, { item: 'overdue' }, 'open')).rows).toHaveLength(0);
	const [duty] = await ctx.db.select().from(obligations).where(eq(obligations.dueOn, '2027-03-01'));
	expect(duty).toMatchObject({ personId: person.id, promotionId });
});

test('a class is planned for those listed who have one before them', async ({ ctx: base }) => {
	const { ctx, province } = await anOffice(base);
	const [attended, waiting] = [await aRise(ctx), await aRise(ctx)];
	await aClosedEvent(ctx, { people: [attended], sessions: 2, purpose: 'newly-promoted' });
	const eventId = await planClassFor(ctx, {
		...{ unitId: province.id, title: '任职培训班', filter: {}, view: 'open' as const }
	});
	const { rows } = await ctx.db.execute(`select person_id from event_participants where event_id = '${eventId}'`);
	expect(rows).toEqual([{ person_id: waiting.id }]);
});

test('a backlog is recorded row by row, with deadlines from the day of each post, and never twice', async ({
	ctx: base
}) => {
	const { ctx } = await anOffice(base);
	const [one, two] = [await aPerson(ctx), await aPerson(ctx)];
	const file = Buffer.from(
		`工号,任职日期,原任层次,新任层次,任免文号\n${one.staffNumber},2026-05-08,,乡科级副职,示任1号\n无此人,2026-05-08,,乡科级副职,\n${two.staffNumber},某日,,乡科级副职,\n${two.staffNumber},2026-05-08,乡科级正职,乡科级副职,\n`
	);
	expect(await importCohort(ctx, file)).toEqual({
		...{ rows: 4, recorded: 1 },
		refused: [
			{ row: 3, typed: '无此人', reason: 'unknown' },
			{ row: 4, typed: two.staffNumber, reason: 'date' },
			{ row: 5, typed: two.staffNumber, reason: 'no-rise' }
		]
	});
	const found = await caseOf(ctx, one);
	expect(found).toMatchObject({ startsOn: '2026-05-08', document: '示任1号', state: 'overdue' });
	expect(found.items.map(({ dueOn }) => dueOn)).toEqual(['2026-05-07', '2027-05-08', '2026-11-08', '2027-05-08']);
	expect(await importCohort(ctx, file)).toMatchObject({ recorded: 0 });
	expect(await ctx.db.$count(promotions)).toBe(1);
});
