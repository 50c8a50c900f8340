import { expect } from 'vitest';
import { examTargets } from '#db/schema/exam-candidates.ts';
import { examPapers } from '#db/schema/exam-papers.ts';
import { examWindows } from '#db/schema/exams.ts';
import { candidatesNamed } from '#lib/server/exams/candidates-named.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { anExam, aPaper, asLegal, type Exam } from '../../factories/exams.ts';
import { aPerson } from '../../factories/people.ts';
import { as, aUnit } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

type Row = { person_id: string; paper_id: string | null; opens_at: string; closes_at: string };

const named = async (ctx: Context, exam: Exam) => (await ctx.db.execute<Row>(candidatesNamed(ctx, exam.id))).rows;

const target = ({ db }: Context, exam: Exam, ...targets: Partial<typeof examTargets.$inferInsert>[]) =>
	db.insert(examTargets).values(targets.map((each, index) => ({ examId: exam.id, position: index + 1, ...each })));

test('a person named twice, by unit and by name, is a candidate once', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const unit = await aUnit(ctx);
	const person = await aPerson(ctx, { unit });
	const exam = await anExam(ctx);
	await aPaper(ctx, exam);
	await target(ctx, exam, { unitId: unit.id }, { personId: person.id });
	expect((await named(ctx, exam)).map(({ person_id }) => person_id)).toEqual([person.id]);
});

test('whoever has left or retired is not due', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const unit = await aUnit(ctx);
	await aPerson(ctx, { unit, status: 'retired', leftOn: '2026-10-31' });
	const exam = await anExam(ctx);
	await target(ctx, exam, { unitId: unit.id });
	expect(await named(ctx, exam)).toEqual([]);
});

test('a unit is named with those below it, or alone; ranks narrow it', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const city = await aUnit(ctx);
	const county = await aUnit(ctx, { below: city });
	const chief = await aPerson(ctx, { unit: city, leadershipLevel: 'division-chief' });
	const clerk = await aPerson(ctx, { unit: city });
	const below = await aPerson(ctx, { unit: county });
	const who = async (values: Partial<typeof examTargets.$inferInsert>) => {
		const exam = await anExam(ctx);
		await target(ctx, exam, { unitId: city.id, ...values });
		return (await named(ctx, exam)).map(({ person_id }) => person_id).sort();
	};
	expect(await who({})).toEqual([chief.id, clerk.id, below.id].sort());
	expect(await who({ subtree: false })).toEqual([chief.id, clerk.id].sort());
	expect(await who({ levels: ['division-chief'] })).toEqual([chief.id]);
});

test('the paper for a level goes before the one for everybody; without either there is none', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const unit = await aUnit(ctx);
	const chief = await aPerson(ctx, { unit, leadershipLevel: 'division-chief' });
	const clerk = await aPerson(ctx, { unit });
	const exam = await anExam(ctx);
	await target(ctx, exam, { unitId: unit.id });
	const leaders = newId();
	await ctx.db
		.insert(examPapers)
		.values({ id: leaders, examId: exam.id, position: 2, name: 'B卷', levels: ['division-chief'] });
	const papers = async () => new Map((await named(ctx, exam)).map((row) => [row.person_id, row.paper_id]));
	expect(await papers()).toEqual(
		new Map([
			[chief.id, leaders],
			[clerk.id, null]
		])
	);
	const everybody = await aPaper(ctx, exam);
	expect(await papers()).toEqual(
		new Map([
			[chief.id, leaders],
			[clerk.id, everybody]
		])
	);
});

test('the nearest unit above with a window of its own decides when', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const city = await aUnit(ctx);
	const county = await aUnit(ctx, { below: city });
	const [cityPerson, countyPerson, other] = [
		await aPerson(ctx, { unit: city }),
		await aPerson(ctx, { unit: county }),
		await aPerson(ctx)
	];
	const exam = await anExam(ctx);
	await target(ctx, exam, ...[cityPerson, countyPerson, other].map(({ id }) => ({ personId: id })));
	const at = (minutes: number) => new Date(exam.opensAt.getTime() + minutes * 60_000);
	await ctx.db.insert(examWindows).values([
		{ id: newId(), examId: exam.id, unitId: city.id, opensAt: at(10), closesAt: at(70) },
		{ id: newId(), examId: exam.id, unitId: county.id, opensAt: at(80), closesAt: at(140) }
	]);
	const opens = new Map((await named(ctx, exam)).map((row) => [row.person_id, new Date(row.opens_at).getTime()]));
	expect(opens).toEqual(
		new Map([
			[cityPerson.id, at(10).getTime()],
			[countyPerson.id, at(80).getTime()],
			[other.id, exam.opensAt.getTime()]
		])
	);
});

test('nobody out of reach, whoever is named', async ({ ctx: base }) => {
	const county = await aUnit(base);
	const ctx = as(base, (await aPerson(base, { unit: county })).id, { role: 'legal', unit: county });
	const [own, stranger] = [await aPerson(base, { unit: county }), await aPerson(base)];
	const exam = await anExam(base, { unit: county });
	await target(ctx, exam, { personId: own.id }, { personId: stranger.id });
	expect((await named(ctx, exam)).map(({ person_id }) => person_id)).toEqual([own.id]);
});
