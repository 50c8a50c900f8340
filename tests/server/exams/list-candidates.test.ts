import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { examCandidates, examTargets } from '#db/schema/exam-candidates.ts';
import { exams } from '#db/schema/exams.ts';
import { assignSeats } from '#lib/server/exams/assign-seats.ts';
import { exemptCandidate } from '#lib/server/exams/exempt-candidate.ts';
import {
	eachCandidate,
	findCandidateCase,
	listCandidates,
	listCandidateUnits
} from '#lib/server/exams/list-candidates.ts';
import { listExams } from '#lib/server/exams/list-exams.ts';
import { preparePapers } from '#lib/server/exams/prepare-papers.ts';
import { publishExam } from '#lib/server/exams/publish-exam.ts';
import { countCandidates, readExam } from '#lib/server/exams/read-exam.ts';
import { readExamTurnout } from '#lib/server/exams/statistics/exam-turnout.ts';
import { seesScores } from '#lib/server/exams/sees-scores.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aBankQuestion } from '../../factories/bank.ts';
import { anExam, aPaper, aSitting, asLegal } from '../../factories/exams.ts';
import { aPerson } from '../../factories/people.ts';
import { as, aUnit, theProvince } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

/** A provincial exam for two counties; one of each has sat, one of the first is exempt. */
async function anExamOfTwoCounties(base: Context) {
	const ctx = await asLegal(base);
	const [first, second] = [await aUnit(ctx, { name: '第一县局' }), await aUnit(ctx, { name: '第二县局' })];
	for (let made = 0; made < 6; made++) await aBankQuestion(ctx);
	const exam = await anExam(ctx, { accessCode: null, onSite: true });
	await aPaper(ctx, exam);
	const people = {
		passed: await aPerson(ctx, { unit: first, name: '陈知微' }),
		exempt: await aPerson(ctx, { unit: first, name: '冯谨言' }),
		waiting: await aPerson(ctx, { unit: first, name: '何以安' }),
		failed: await aPerson(ctx, { unit: second, name: '方既明' })
	};
	await ctx.db.insert(examTargets).values([
		{ examId: exam.id, position: 1, unitId: first.id },
		{ examId: exam.id, position: 2, unitId: second.id }
	]);
	await publishExam(ctx, exam.id);
	await preparePapers(base, exam.id);
	await exemptCandidate(ctx, { examId: exam.id, personId: people.exempt.id, because: '因病住院' });
	await aSitting(base, exam, people.passed);
	await aSitting(base, exam, people.failed, { wrong: 5 });
	const liaison = as(base, (await aPerson(base, { unit: first })).id, { role: 'liaison', unit: first });
	return { ctx, exam, first, second, people, liaison };
}

const names = (rows: { name: string }[]) => rows.map(({ name }) => name);

describe('who sees whom', () => {
	test('the owner sees everybody with scores, a liaison the own people without, until release', async ({
		ctx: base
	}) => {
		const { ctx, exam, liaison } = await anExamOfTwoCounties(base);
		const all = await listCandidates(ctx, exam.id, { scores: true });
		expect(all.rows.map(({ name, state, score }) => [name, state, score])).toEqual([
			['陈知微', 'passed', 10],
			['方既明', 'failed', 0],
			['冯谨言', 'exempt', null],
			['何以安', 'waiting', null]
		]);
		expect(seesScores(await readExam(ctx, exam.id))).toBe(true);

		expect(seesScores(await readExam(liaison, exam.id))).toBe(false);
		const own = await listCandidates(liaison, exam.id, { scores: false });
		expect(own.rows.map(({ name, state, score }) => [name, state, score])).toEqual([
			['陈知微', 'submitted', null],
			['冯谨言', 'exempt', null],
			['何以安', 'waiting', null]
		]);
		expect((await listCandidates(liaison, exam.id, { scores: false, state: 'passed' })).rows).toEqual([]);
		expect(names((await listCandidates(liaison, exam.id, { scores: false, sort: '-score' })).rows)).toEqual(
			names(own.rows)
		);
		expect(names(await listCandidateUnits(liaison, exam.id))).toEqual(['第一县局']);
		const counts = { due: 2, exempt: 1, sat: 1, waiting: 1, passed: 0, failed: 0 };
		expect(await countCandidates(liaison, exam.id, false)).toMatchObject(counts);
		expect(await countCandidates(ctx, exam.id, true)).toMatchObject({ passed: 1, failed: 1 });
		expect((await readExamTurnout(liaison, exam.id, null)).total).toMatchObject({ due: 2, sat: 1, passed: 0 });
		expect((await readExamTurnout(ctx, exam.id, null, true)).total).toMatchObject({ passed: 1, failed: 1 });
	});

	test('no list, page or export holds why somebody is exempt; who decides can read it', async ({ ctx: base }) => {
		const { ctx, exam, people, liaison } = await anExamOfTwoCounties(base);
		const lines = await Array.fromAsync(eachCandidate(ctx, exam.id, { scores: true }));
		expect(JSON.stringify(lines)).not.toContain('因病');
		expect(await findCandidateCase(ctx, exam.id, people.exempt.id)).toMatchObject({ exemptBecause: '因病住院' });
		expect(await findCandidateCase(liaison, exam.id, people.exempt.id)).toBeUndefined();
		expect(await findCandidateCase(ctx, exam.id, 'nobody')).toBeUndefined();
	});

	test('an exam is visible where its owner or its candidates are; a draft only to its owner', async ({ ctx: base }) => {
		const { ctx, exam, liaison } = await anExamOfTwoCounties(base);
		const draft = await anExam(ctx, { title: '草稿' });
		const stranger = as(base, (await aPerson(base)).id, { role: 'liaison', unit: await aUnit(base) });
		const seen = async (who: typeof ctx) => (await listExams(who)).rows.map(({ id }) => id);
		expect(new Set(await seen(ctx))).toEqual(new Set([exam.id, draft.id]));
		expect(await seen(liaison)).toEqual([exam.id]);
		expect(await seen(stranger)).toEqual([]);
		await expect(readExam(stranger, exam.id)).rejects.toMatchObject({ code: 'exam.not-found' });
		await expect(readExam(liaison, draft.id)).rejects.toMatchObject({ code: 'exam.not-found' });
	});

	test('the access code is for those who set the exam up or watch over it', async ({ ctx: base }) => {
		const { ctx, exam, liaison } = await anExamOfTwoCounties(base);
		await ctx.db.update(exams).set({ accessCode: '7F3K' }).where(eq(exams.id, exam.id));
		const province = await theProvince(ctx);
		const invigilator = as(base, (await aPerson(base)).id, { role: 'invigilator', unit: province });
		expect((await readExam(ctx, exam.id)).exam.accessCode).toBe('7F3K');
		expect((await readExam(invigilator, exam.id)).exam.accessCode).toBe('7F3K');
		expect((await readExam(liaison, exam.id)).exam.accessCode).toBeNull();
	});
});

test('the list is narrowed, sorted and paged', async ({ ctx: base }) => {
	const { ctx, exam, people, second } = await anExamOfTwoCounties(base);
	const list = async (filter: object) => names((await listCandidates(ctx, exam.id, { scores: true, ...filter })).rows);
	expect(await list({ state: 'sat' })).toEqual(['陈知微', '方既明']);
	expect(await list({ state: 'exempt' })).toEqual(['冯谨言']);
	expect(await list({ unit: second.id })).toEqual(['方既明']);
	expect(await list({ q: people.waiting.staffNumber })).toEqual(['何以安']);
	expect((await list({ sort: '-score' }))[0]).toBe('陈知微');

	const first = await listCandidates(ctx, exam.id, { scores: true }, 3);
	expect(names(first.rows)).toEqual(['陈知微', '方既明', '冯谨言']);
	const rest = await listCandidates(ctx, exam.id, { scores: true, after: first.next }, 3);
	expect(names(rest.rows)).toEqual(['何以安']);
	expect(rest.next).toBeNull();
});

test('exams are listed with their counts, narrowed by standing, kind and title', async ({ ctx: base }) => {
	const { ctx, exam } = await anExamOfTwoCounties(base);
	await anExam(ctx, { title: '模拟练习', kind: 'mock' });
	expect((await listExams(ctx, { standing: 'running' })).rows).toMatchObject([
		{ id: exam.id, due: 3, exempt: 1, sat: 2 }
	]);
	expect((await listExams(ctx, { kind: 'mock' })).rows).toMatchObject([{ title: '模拟练习', standing: 'draft' }]);
	expect((await listExams({ ...ctx, now: exam.closesAt }, { standing: 'closed' })).rows).toHaveLength(1);
	expect((await listExams(ctx, { q: '练习' })).rows).toHaveLength(1);
	expect((await listExams(ctx, { q: '%' })).rows).toHaveLength(0);
});

describe('seats', () => {
	test('go to those who are due, by name or in rooms, each once', async ({ ctx: base }) => {
		const { ctx, exam } = await anExamOfTwoCounties(base);
		expect(await assignSeats(ctx, { examId: exam.id, order: 'name', perRoom: null })).toBe(3);
		const seats = async () =>
			(await listCandidates(ctx, exam.id, { scores: false })).rows.map(({ name, seat }) => [name, seat]);
		expect(await seats()).toEqual([
			['陈知微', '001'],
			['方既明', '002'],
			['冯谨言', null],
			['何以安', '003']
		]);
		await assignSeats(ctx, { examId: exam.id, order: 'random', perRoom: 2 });
		expect((await seats()).map(([, seat]) => seat).sort()).toEqual(['1-001', '1-002', '2-001', null]);
	});

	test('only where an exam is sat on site', async ({ ctx: base }) => {
		const ctx = await asLegal(base);
		const exam = await anExam(ctx);
		await expect(assignSeats(ctx, { examId: exam.id, order: 'name', perRoom: null })).rejects.toMatchObject({
			code: 'exam.not-on-site'
		});
		expect(await ctx.db.$count(examCandidates, eq(examCandidates.examId, exam.id))).toBe(0);
	});
});
