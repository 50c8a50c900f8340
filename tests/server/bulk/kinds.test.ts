import { and, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { eventParticipants, externalTrainings } from '#db/schema/events.ts';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { hourEntries } from '#db/schema/hours.ts';
import { exemptions, obligations, programmeAssignments } from '#db/schema/programmes.ts';
import { promotionRequirements } from '#db/schema/promotions.ts';
import '#lib/server/jobs/subscriptions.ts';
import { beginAct, undoAct } from '#lib/server/bulk/decide-act.ts';
import { prepareAct } from '#lib/server/bulk/prepare-act.ts';
import { countRows } from '#lib/server/bulk/queries.ts';
import { runAct } from '#lib/server/bulk/run-act.ts';
import { reportTraining } from '#lib/server/events/external-training.ts';
import { appoint } from '#lib/server/people/appoint.ts';
import type { Context, SignedIn } from '#lib/server/platform/context.ts';
import { setProgramme } from '#lib/server/promotions/programme.ts';
import { reconcileMarked } from '#lib/server/programmes/requirements/mark-dirty.ts';
import { aCourse } from '#tests/factories/courses.ts';
import { anOpenEvent, aPlannedEvent, eventOf } from '#tests/factories/events.ts';
import { aPublishedExam } from '#tests/factories/exams.ts';
import { aPdf } from '#tests/factories/files.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { anAssignment, anObligation } from '#tests/factories/programmes.ts';
import { aProgramme, aProgrammeDuty, aStandingAssignment } from '#tests/factories/requirements.ts';
import { aGrant, as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

/** HR of the province, with the grant that a job looks up. */
async function anOffice(ctx: Context) {
	const province = await theProvince(ctx);
	const hr = await aPerson(ctx, { unit: province });
	for (const role of ['hr', 'admin'] as const) await aGrant(ctx, hr.id, role, province);
	return as(ctx, hr.id, { role: 'hr', unit: province }, { role: 'admin', unit: province });
}

type Input = Parameters<typeof prepareAct>[1];

/** Prepares, begins and works off one act. */
async function done(own: SignedIn, input: Input): Promise<string> {
	const act = await prepareAct(own, input);
	await beginAct(own, { act });
	await runAct(own, act);
	return act;
}

async function takenBack(own: SignedIn, act: string): Promise<void> {
	await undoAct(own, { act, reason: '办理有误' });
	await runAct(own, act);
}

async function staff(ctx: Context, many = 2) {
	const unit = await aUnit(ctx);
	const people: Person[] = [];
	while (people.length < many) people.push(await aPerson(ctx, { unit }));
	return { unit, people };
}

test('a programme is assigned to a list of those people, who owe it within seconds; taken back, nothing is owed', async ({
	ctx
}) => {
	const [own, { unit, people }] = [await anOffice(ctx), await staff(ctx)];
	const programme = await aProgramme(ctx, { requirements: [{ kind: 'hours', hours: 40 }] });
	const values = { programmeId: programme.id, title: '新进人员', dueOn: '2026-12-31', reason: '岗前培训' };
	const act = await done(own, { kind: 'assign-programme', list: 'people', filter: `unit=${unit.id}`, ...values });
	await reconcileMarked(ctx);
	const owed = await ctx.db.select().from(obligations);
	expect(owed.map(({ personId }) => personId).sort()).toEqual(people.map(({ id }) => id).sort());

	await takenBack(own, act);
	expect(await ctx.db.select().from(programmeAssignments)).toMatchObject([{ withdrawnBecause: '办理有误' }]);
	expect(await countRows(own, act)).toMatchObject({ undone: 2 });
});

test('people are put on the list of an event, and taken off it', async ({ ctx }) => {
	const [own, { unit, people }] = [await anOffice(ctx), await staff(ctx)];
	const { event } = await aPlannedEvent(ctx, { people: [people[0]!] });
	const act = await done(own, { kind: 'invite', list: 'people', filter: `unit=${unit.id}`, eventId: event.id });
	expect(await countRows(own, act)).toMatchObject({ done: 1, refused: 1 });
	await takenBack(own, act);
	const stands = await ctx.db.select().from(eventParticipants).where(eq(eventParticipants.eventId, event.id));
	expect(new Map(stands.map(({ personId, state }) => [personId, state]))).toEqual(
		new Map([
			[people[0]!.id, 'invited'],
			[people[1]!.id, 'removed']
		])
	);
});

test('duties of an assignment get another date, and their own again', async ({ ctx }) => {
	const [own, { people }] = [await anOffice(ctx), await staff(ctx)];
	const assignment = await anAssignment(ctx);
	const [open] = [
		await anObligation(ctx, { person: people[0]!, assignment, dueOn: '2026-12-01' }),
		await anObligation(ctx, { person: people[1]!, assignment, withdrawnAt: ctx.now, withdrawnBecause: '调离' })
	];
	const extend = {
		kind: 'extend-duty',
		list: 'assignment',
		filter: `of=${assignment.id}`,
		dueOn: '2027-01-31'
	} as const;
	const act = await done(own, extend);
	const dueOf = async () => (await ctx.db.select().from(obligations).where(eq(obligations.id, open!.id)))[0]!.dueOn;
	expect(await dueOf()).toBe('2027-01-31');
	expect(await countRows(own, act)).toMatchObject({ done: 1, refused: 1 });
	await takenBack(own, act);
	expect(await dueOf()).toBe('2026-12-01');
});

test('duties of a programme are withdrawn with the reason, and asked again', async ({ ctx }) => {
	const [own, { people }] = [await anOffice(ctx), await staff(ctx, 1)];
	const standing = await aStandingAssignment(ctx);
	const duty = await aProgrammeDuty(ctx, { person: people[0]!, standing });
	const values = { reason: '已在外省完成' };
	const act = await done(own, { kind: 'withdraw-duty', list: 'programme', filter: `of=${standing.id}`, ...values });
	const found = async () => (await ctx.db.select().from(obligations).where(eq(obligations.id, duty.id)))[0]!;
	expect(await found()).toMatchObject({ withdrawnBecause: '已在外省完成' });
	await takenBack(own, act);
	expect(await found()).toMatchObject({ withdrawnAt: null, dueOn: duty.dueOn });
});

test('exemption is asked for each, for somebody else to decide, and not asked any more', async ({ ctx }) => {
	const [own, { people }] = [await anOffice(ctx), await staff(ctx, 1)];
	const standing = await aStandingAssignment(ctx);
	const duty = await aProgrammeDuty(ctx, { person: people[0]!, standing });
	const values = { ground: 'retiring', until: null, reason: '两年内退休' };
	const act = await done(own, { kind: 'ask-exemption', list: 'programme', filter: `of=${standing.id}`, ...values });
	expect(await ctx.db.select().from(exemptions)).toMatchObject([{ state: 'asked', obligationId: duty.id }]);
	await takenBack(own, act);
	expect(await ctx.db.select().from(exemptions)).toMatchObject([{ state: 'withdrawn' }]);
});

test('candidates are exempt or have extra time, and neither once it is taken back', async ({ ctx }) => {
	const own = await anOffice(ctx);
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 2 });
	const found = () =>
		ctx.db.select().from(examCandidates).where(eq(examCandidates.examId, exam.id)).orderBy(examCandidates.personId);
	const filter = `of=${exam.id}&id=${candidates[0]!.id}`;
	const time = { extraMinutes: 30, pauseMinutes: 10, reason: '视力障碍' };
	const longer = await done(own, { kind: 'extra-time', list: 'candidates', filter: `of=${exam.id}`, ...time });
	expect(await found()).toMatchObject([{ extraMinutes: 30 }, { extraMinutes: 30 }]);
	await takenBack(own, longer);
	expect(await found()).toMatchObject([{ extraMinutes: 0, accommodatedBecause: null }, { extraMinutes: 0 }]);

	const act = await done(own, { kind: 'exempt-candidate', list: 'candidates', filter, reason: '借调外地' });
	const exempt = async () =>
		(await found()).filter(({ status }) => status === 'exempt').map(({ personId }) => personId);
	expect(await exempt()).toEqual([candidates[0]!.id]);
	await takenBack(own, act);
	expect(await exempt()).toEqual([]);
});

test('participants are entered as coming, and taken off the list', async ({ ctx }) => {
	const own = await anOffice(ctx);
	const { event, people } = await anOpenEvent(ctx, { people: 2, capacity: 1 });
	const filter = `of=${event.id}`;
	await done(own, { kind: 'accept-invitation', list: 'participants', filter });
	const states = async () => {
		const rows = await ctx.db.select().from(eventParticipants).where(eq(eventParticipants.eventId, event.id));
		return rows.map(({ state }) => state).sort();
	};
	expect(await states()).toEqual(['coming', 'waiting']);
	const act = await done(own, { kind: 'remove-participant', list: 'participants', filter });
	expect(await states()).toEqual(['removed', 'removed']);
	await takenBack(own, act);
	expect(await states()).toEqual(['invited', 'invited']);
	expect(people).toHaveLength(2);
});

test('newly promoted leaders get a class, and a later date for everything that is open', async ({ ctx }) => {
	const own = await anOffice(ctx);
	await setProgramme(own, {
		...{ months: 12, courseIds: [(await aCourse(ctx)).id], preExam: false, trainingClass: true, classMonths: 6 },
		...{ postExam: false, postMonths: null }
	});
	const { people } = await staff(ctx, 1);
	await appoint(own, {
		...{ personId: people[0]!.id, unitId: people[0]!.unitId!, kind: 'promotion', title: '副科长' },
		...{ leadershipLevel: 'section-deputy', rank: null, startsOn: '2026-11-01', document: null }
	});
	const unitId = (await theProvince(ctx)).id;
	const planned = { unitId, title: '新任职培训班' };
	const act = await done(own, { kind: 'plan-class', list: 'promotions', filter: '', ...planned });
	const [seat] = await ctx.db.select().from(eventParticipants).where(eq(eventParticipants.personId, people[0]!.id));
	expect(await eventOf(ctx, seat!.eventId)).toMatchObject({ title: '新任职培训班', purpose: 'newly-promoted' });
	await takenBack(own, act);
	expect(await eventOf(ctx, seat!.eventId)).toMatchObject({ state: 'cancelled' });

	const later = { dueOn: '2027-12-31', reason: '援藏一年' };
	await done(own, { kind: 'postpone-case', list: 'promotions', filter: '', ...later });
	expect((await ctx.db.select().from(promotionRequirements)).map(({ dueOn }) => dueOn)).toEqual([
		'2027-12-31',
		'2027-12-31'
	]);
});

test('training elsewhere is confirmed as reported, and taken back, or refused', async ({ ctx }) => {
	const [own, { people }] = [await anOffice(ctx), await staff(ctx, 2)];
	const report = {
		kind: 'training-class',
		title: '行政复议法专题培训',
		provider: '省委党校',
		startsOn: '2026-03-02',
		endsOn: '2026-03-06',
		hours: 40,
		hourCategory: 'class'
	} as const;
	const proof = { name: '结业证书.pdf', bytes: aPdf() };
	for (const { id } of people) await reportTraining(as(ctx, id), report, proof);
	const [first] = await ctx.db.select().from(externalTrainings).where(eq(externalTrainings.personId, people[0]!.id));
	const act = await done(own, { kind: 'confirm-training', list: 'trainings', filter: `id=${first!.id}` });
	expect(await ctx.db.$count(hourEntries)).toBe(1);
	await takenBack(own, act);
	const sum = (await ctx.db.select().from(hourEntries)).reduce((sum, { hours }) => sum + hours, 0);
	expect(sum).toBe(0);

	await done(own, { kind: 'refuse-training', list: 'trainings', filter: '', reason: '缺少证书' });
	const refused = and(eq(externalTrainings.state, 'refused'), eq(externalTrainings.decidedBecause, '缺少证书'));
	expect(await ctx.db.$count(externalTrainings, refused)).toBe(1);
});
