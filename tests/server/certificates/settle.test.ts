import '#lib/server/jobs/subscriptions.ts';
import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { certificates } from '#db/schema/certificates.ts';
import { hourEntries } from '#db/schema/hours.ts';
import { notifications } from '#db/schema/notifications.ts';
import { correctPresence } from '#lib/server/events/correct-presence.ts';
import { releaseExam } from '#lib/server/exams/marking/release-exam.ts';
import { voidAttempt } from '#lib/server/exams/marking/void-attempt.ts';
import { giveBackHours, takeBackHours } from '#lib/server/hours/take-back-hours.ts';
import { announce } from '#lib/server/platform/announce.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { settleMarked } from '#lib/server/certificates/settle-marked.ts';
import { switchOff } from '#lib/server/certificates/switch-template.ts';
import { anHr, aTemplate, certificatesOf } from '#tests/factories/certificates.ts';
import { addressOf, aTry } from '#tests/factories/checks.ts';
import { aCompletion, aCourse } from '#tests/factories/courses.ts';
import { aClosedEvent, type MadeEvent } from '#tests/factories/events.ts';
import { aPublishedExam, asLegal, aSitting } from '#tests/factories/exams.ts';
import { afterClose } from '#tests/factories/marking.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { anExamResult } from '#tests/factories/promotions.ts';
import { aProgramme, aProgrammeDuty, aStandingAssignment, exemptMarks } from '#tests/factories/requirements.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const states = async (ctx: Context, person: Person) =>
	(await certificatesOf(ctx, person)).map(({ revokedGround }) => revokedGround ?? 'valid');

test('issues by itself when the last lesson of a course is passed, with name, unit and hours of the day', async ({
	ctx
}) => {
	const unit = await aUnit(ctx, { name: '劳动关系处' });
	const person = await aPerson(ctx, { unit, name: '白景行' });
	const course = await aCourse(ctx, { lessons: 1, hours: 4.5, title: { 'zh-CN': '工伤保险', en: 'Work Injury' } });
	await aTemplate(ctx, { prefix: '法培' });
	await aTry(as(ctx, person.id), addressOf(course));

	const [certificate] = await certificatesOf(ctx, person);
	expect(certificate).toMatchObject({
		kind: 'course',
		subjectId: course.id,
		unitId: unit.id,
		year: 2026,
		revokedAt: null
	});
	expect(certificate!.printed).toEqual({
		...{ name: '白景行', unit: '劳动关系处', subject: { 'zh-CN': '工伤保险', en: 'Work Injury' }, hours: 4.5 },
		...{ earnedOn: '2026-11-23', number: `法培〔2026〕${String(certificate!.serial).padStart(4, '0')}号` }
	});
	const told = await ctx.db.select().from(notifications).where(eq(notifications.personId, person.id));
	expect(told.filter(({ kind }) => kind === 'certificate_issued')).toHaveLength(1);
	expect(await states(ctx, person)).toEqual(['valid']); // asked again, nothing more
});

test('issues nothing where no template is switched on, and for what was met before only from the stated day on', async ({
	ctx
}) => {
	const [early, late] = [await aPerson(ctx), await aPerson(ctx)];
	const course = await aCourse(ctx, { lessons: 1 });
	await aCompletion(ctx, { person: early, course, at: new Date('2026-03-01T02:00:00Z') });
	await aCompletion(ctx, { person: late, course, at: new Date('2026-06-01T02:00:00Z') });
	await aTemplate(ctx, { only: [course.id], issuesFrom: null });
	expect(await states(ctx, late)).toEqual([]);
	await aTemplate(ctx, { only: [course.id], issuesFrom: '2026-06-01' });
	expect(await states(ctx, early)).toEqual([]);
	expect(await states(ctx, late)).toEqual(['valid']);
});

test('numbers the certificates of a template one after the other, without gaps', async ({ ctx }) => {
	const course = await aCourse(ctx, { lessons: 1 });
	for (let made = 0; made < 5; made++) await aCompletion(ctx, { person: await aPerson(ctx), course });
	const templateId = await aTemplate(ctx, { only: [course.id] });
	await settleMarked(ctx);
	const person = await aPerson(ctx);
	await aTry(as(ctx, person.id), addressOf(course));
	await settleMarked(ctx);
	const rows = await ctx.db
		.select({ serial: certificates.serial })
		.from(certificates)
		.where(eq(certificates.templateId, templateId))
		.orderBy(certificates.serial);
	expect(rows.map(({ serial }) => serial)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('the nearest unit issues, and a template that names the subject comes first', async ({ ctx }) => {
	const city = await aUnit(ctx, { kind: 'city' });
	const office = await aUnit(ctx, { below: city });
	const course = await aCourse(ctx, { lessons: 1 });
	const [there, elsewhere] = [await aPerson(ctx, { unit: office }), await aPerson(ctx)];
	for (const person of [there, elsewhere]) await aCompletion(ctx, { person, course });
	const ofProvince = await aTemplate(ctx, { issuesFrom: '2026-11-01' });
	const ofCity = await aTemplate(ctx, { unit: city, issuesFrom: '2026-11-01' });
	expect((await certificatesOf(ctx, there))[0]?.templateId).toBe(ofCity);
	expect((await certificatesOf(ctx, elsewhere))[0]?.templateId).toBe(ofProvince);
});

test('follows the hours: taken back it is revoked with the stated reason, given back it is issued anew', async ({
	ctx
}) => {
	const province = await theProvince(ctx);
	const person = await aPerson(ctx, { unit: province });
	const course = await aCourse(ctx, { lessons: 1 });
	await aTemplate(ctx);
	await aTry(as(ctx, person.id), addressOf(course));
	expect(await states(ctx, person)).toEqual(['valid']);

	const hr = await anHr(ctx);
	const entryOf = async () =>
		(
			await ctx.db
				.select()
				.from(hourEntries)
				.where(eq(hourEntries.personId, person.id))
				.orderBy(sql`number desc, reverses nulls last`)
		)[0]!;
	await takeBackHours(hr, { entryId: (await entryOf()).id, because: '由他人代学' });
	const [revoked] = await certificatesOf(ctx, person);
	expect(revoked).toMatchObject({ revokedGround: 'hours', revokedBecause: '由他人代学', revokedBy: null });

	await giveBackHours(hr, { entryId: (await entryOf()).id, because: '复核后属实' });
	const [former, anew] = await certificatesOf(ctx, person);
	expect(anew).toMatchObject({ follows: former!.id, revokedAt: null, serial: former!.serial + 1 });
	expect(anew!.code).not.toBe(former!.code);
});

test('follows the attendance of a class, back and forth', async ({ ctx }) => {
	await aTemplate(ctx, { kind: 'class', issuesFrom: '2026-01-01' });
	const made = await aClosedEvent(ctx, { kind: 'training-class', people: 2, presences: [['present'], ['absent']] });
	const [there, absent] = made.people;
	expect(await states(ctx, there!)).toEqual(['valid']);
	expect(await states(ctx, absent!)).toEqual([]);
	await correct(made, there!, 'absent', '签到系他人代签');
	expect(await certificatesOf(ctx, there!)).toMatchObject([
		{ revokedGround: 'attendance', revokedBecause: '签到系他人代签' }
	]);
	await correct(made, there!, 'present', '核对监控后更正');
	expect(await states(ctx, there!)).toEqual(['attendance', 'valid']);
});

const correct = (
	{ organiser, event, sessions }: MadeEvent,
	{ id: personId }: Person,
	presence: 'present' | 'absent',
	because: string
) => correctPresence(organiser, { eventId: event.id, sessionId: sessions[0]!.id, personId, presence, because });

test('a lecture is no class', async ({ ctx }) => {
	await aTemplate(ctx, { kind: 'class' });
	const made = await aClosedEvent(ctx, { kind: 'lecture', people: 1 });
	expect(await states(ctx, made.people[0]!)).toEqual([]);
});

test('an exam counts once its result is released; a voided paper takes the certificate back', async ({ ctx }) => {
	await aTemplate(ctx, { kind: 'exam' });
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 2 });
	const [right, wrong] = candidates;
	const attemptId = await aSitting(ctx, exam, right!);
	await aSitting(ctx, exam, wrong!, { wrong: 5 });
	expect(await states(ctx, right!)).toEqual([]);

	const legal = { ...(await asLegal(ctx)), now: afterClose(exam) };
	await releaseExam(legal, exam.id);
	expect(await states(ctx, right!)).toEqual(['valid']);
	expect(await states(ctx, wrong!)).toEqual([]);
	await voidAttempt(legal, { attemptId, because: '查实夹带' });
	expect(await certificatesOf(ctx, right!)).toMatchObject([{ revokedGround: 'regraded', revokedBecause: '查实夹带' }]);
});

test('a make-up that is passed gives the certificate of the exam itself, once', async ({ ctx }) => {
	await aTemplate(ctx, { kind: 'exam' });
	const person = await aPerson(ctx);
	const examId = await anExamResult(ctx, { person, outcome: 'failed', score: 40 });
	expect(await states(ctx, person)).toEqual([]);
	await anExamResult(ctx, { person, outcome: 'passed', score: 80, makeUpOf: examId });
	expect(await certificatesOf(ctx, person)).toMatchObject([{ subjectId: examId, revokedAt: null }]);
});

test('a programme counts when everything that it asks is done or exempted from, and something is done', async ({
	ctx
}) => {
	await aTemplate(ctx, { kind: 'programme' });
	const courses = [await aCourse(ctx, { lessons: 1 }), await aCourse(ctx, { lessons: 1 })];
	const programme = await aProgramme(ctx, {
		requirements: courses.map(({ id }) => ({ kind: 'course', courseId: id }))
	});
	const standing = await aStandingAssignment(ctx, { programme });
	const person = await aPerson(ctx);
	const [first, second] = programme.requirements;
	await aProgrammeDuty(ctx, { person, standing, ...dutyOf(first!) });
	await aProgrammeDuty(ctx, { person, standing, ...dutyOf(second!), ...(await exemptMarks(ctx, person)) });
	expect(await states(ctx, person)).toEqual([]);

	await aTry(as(ctx, person.id), addressOf(courses[0]!));
	const found = await certificatesOf(ctx, person);
	expect(found.map(({ kind, subjectId, periodOn }) => [kind, subjectId, periodOn])).toEqual([
		['programme', programme.id, '2026-01-01']
	]);
});

const dutyOf = ({ id, courseId }: { id: string; courseId: string | null }) => ({ requirementId: id, courseId });

test('switched off, issues nothing more, and still revokes', async ({ ctx }) => {
	const templateId = await aTemplate(ctx, { kind: 'class' });
	const made = await aClosedEvent(ctx, { kind: 'training-class', people: 1 });
	const [person] = made.people;
	expect(await states(ctx, person!)).toEqual(['valid']);
	await switchOff(await anHr(ctx), { templateId });
	await correct(made, person!, 'absent', '未到');
	expect(await states(ctx, person!)).toEqual(['attendance']);
	await correct(made, person!, 'present', '已核实');
	expect(await states(ctx, person!)).toEqual(['attendance']);
});

test('the database takes one valid certificate for a person and subject, and changes none', async ({ ctx }) => {
	const person = await aPerson(ctx);
	const course = await aCourse(ctx, { lessons: 1 });
	await aTemplate(ctx);
	await aTry(as(ctx, person.id), addressOf(course));
	const [certificate] = await certificatesOf(ctx, person);
	const inSavepoint = (act: (db: Context['db']) => Promise<unknown>) =>
		ctx.db.transaction((db) => act(db as unknown as Context['db']));
	const messageOf = (error: { cause?: Error }) => String(error.cause?.message);
	const twice = inSavepoint((db) =>
		db.insert(certificates).values({ ...certificate!, id: crypto.randomUUID(), serial: 900, code: '0000000000000001' })
	).catch(messageOf);
	expect(await twice).toContain('certificates_one_valid');
	const changed = inSavepoint((db) => db.update(certificates).set({ serial: 901 })).catch(messageOf);
	expect(await changed).toContain('a certificate can only be revoked');
	expect(await inSavepoint((db) => db.delete(certificates)).catch(messageOf)).toContain('can only be revoked');
});

test('what happens while nothing is issued leaves no marks', async ({ ctx }) => {
	const person = await aPerson(ctx);
	await announce(ctx, 'hours.changed', { personIds: [person.id] });
	const { rows } = await ctx.db.execute(sql`select 1 from certificate_marks where person_id = ${person.id}`);
	expect(rows).toEqual([]);
});
