import { and, eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { examCandidates, examTargets } from '#db/schema/exam-candidates.ts';
import { examPapers } from '#db/schema/exam-papers.ts';
import { notifications } from '#db/schema/notifications.ts';
import { people } from '#db/schema/people.ts';
import { addCandidates } from '#lib/server/exams/add-candidates.ts';
import { addTargets, removeTarget } from '#lib/server/exams/add-targets.ts';
import { listTargets, previewCandidates } from '#lib/server/exams/list-targets.ts';
import { preparePapers } from '#lib/server/exams/prepare-papers.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { anExam, aPaper, aPublishedExam, asLegal, attemptOf } from '../../factories/exams.ts';
import { aPerson } from '../../factories/people.ts';
import { as, aUnit } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

const nobody = { unitIds: [], subtree: true, ranks: [], levels: [], personIds: [], staffNumbers: '' };

/** The legal division of a city with a draft of its own. */
async function aCity(base: Context) {
	const city = await aUnit(base);
	const county = await aUnit(base, { below: city });
	const ctx = as(base, (await aPerson(base, { unit: city })).id, { role: 'legal', unit: city });
	const exam = await anExam(ctx, { unit: city });
	return { ctx, city, county, exam, examId: exam.id };
}

describe('naming candidates of a draft', () => {
	test('units with those below, narrowed to ranks, and people; the preview counts each once', async ({ ctx: base }) => {
		const { ctx, city, county, exam, examId } = await aCity(base);
		await aPaper(ctx, exam);
		const clerk = await aPerson(ctx, { unit: county, rank: 'clerk-1', name: '陈知微' });
		await aPerson(ctx, { unit: county, rank: 'clerk-2' });
		const named = await aPerson(ctx, { unit: county, name: '冯谨言' });
		await addTargets(ctx, { ...nobody, examId, unitIds: [city.id], ranks: ['clerk-1'] });
		await addTargets(ctx, { ...nobody, examId, personIds: [named.id, clerk.id] });

		expect(await previewCandidates(ctx, examId)).toMatchObject({
			count: 2,
			withoutPaper: 0,
			papers: [{ name: 'A卷', count: 2 }],
			sample: [{ name: '陈知微' }, { name: '冯谨言' }]
		});
		const [first] = await listTargets(ctx, examId);
		expect(first).toMatchObject({ unit: city.name, subtree: true, ranks: ['clerk-1'] });
		await removeTarget(ctx, { examId, position: first!.position });
		expect((await listTargets(ctx, examId)).map(({ person }) => person)).toEqual(['冯谨言', '陈知微']);
	});

	test('somebody whose level has no paper is counted before publication', async ({ ctx: base }) => {
		const { ctx, county, exam, examId } = await aCity(base);
		const paperId = await aPaper(ctx, exam);
		await ctx.db
			.update(examPapers)
			.set({ levels: ['division-chief'] })
			.where(eq(examPapers.id, paperId));
		await aPerson(ctx, { unit: county });
		await addTargets(ctx, { ...nobody, examId, unitIds: [county.id] });
		expect(await previewCandidates(ctx, examId)).toMatchObject({ count: 1, withoutPaper: 1, papers: [] });
	});

	test('a pasted list is answered row by row', async ({ ctx: base }) => {
		const { ctx, county, examId } = await aCity(base);
		const [a, b] = [await aPerson(ctx, { unit: county }), await aPerson(ctx, { unit: county })];
		const gone = await aPerson(ctx, { unit: county, status: 'retired', leftOn: '2026-01-01' });
		const elsewhere = await aPerson(ctx);
		await addTargets(ctx, { ...nobody, examId, personIds: [a.id] });

		const staffNumbers = [
			`${b.staffNumber}\t某某\t科员`,
			'',
			a.staffNumber.toLowerCase(),
			b.staffNumber,
			gone.staffNumber,
			elsewhere.staffNumber,
			'NOBODY'
		].join('\r\n');
		expect(await addTargets(ctx, { ...nobody, examId, staffNumbers })).toEqual({
			added: 1,
			refused: [
				{ line: 3, typed: a.staffNumber.toLowerCase(), reason: 'already' },
				{ line: 4, typed: b.staffNumber, reason: 'twice' },
				{ line: 5, typed: gone.staffNumber, reason: 'left' },
				{ line: 6, typed: elsewhere.staffNumber, reason: 'unknown' },
				{ line: 7, typed: 'NOBODY', reason: 'unknown' }
			]
		});
		const kept = await ctx.db.select().from(examTargets).where(eq(examTargets.examId, examId));
		expect(kept.map(({ personId }) => personId)).toEqual([a.id, b.id]);
	});

	test('nobody out of reach', async ({ ctx: base }) => {
		const { ctx, examId } = await aCity(base);
		const elsewhere = await aUnit(base);
		const person = await aPerson(base, { unit: elsewhere });
		await expect(addTargets(ctx, { ...nobody, examId, unitIds: [elsewhere.id] })).rejects.toMatchObject({
			code: 'unit.not-found'
		});
		await expect(addTargets(ctx, { ...nobody, examId, personIds: [person.id] })).rejects.toMatchObject({
			code: 'person.not-found'
		});
	});
});

describe('adding candidates to a published exam', () => {
	test('makes them due, tells them and gives them papers; newcomers of named units stay out', async ({ ctx: base }) => {
		const { exam, candidates } = await aPublishedExam(base);
		const ctx = await asLegal(base);
		const newcomer = await aPerson(ctx);
		await ctx.db.update(people).set({ unitId: candidates[0]!.unitId }).where(eq(people.id, newcomer.id));
		const added = await aPerson(ctx);

		const staffNumbers = `${candidates[0]!.staffNumber}\nNOBODY`;
		expect(await addCandidates(ctx, { examId: exam.id, personIds: [added.id], staffNumbers })).toMatchObject({
			added: 1,
			refused: [{ reason: 'already' }, { reason: 'unknown' }]
		});
		await preparePapers(base, exam.id);
		expect((await attemptOf(ctx, exam, added)).state).toBe('prepared');
		expect(await ctx.db.$count(examCandidates, eq(examCandidates.examId, exam.id))).toBe(4);
		const told = and(eq(notifications.personId, added.id), eq(notifications.kind, 'exam_announced'));
		expect(await ctx.db.$count(notifications, told)).toBe(1);
	});

	test('not before publication, not after the end', async ({ ctx: base }) => {
		const ctx = await asLegal(base);
		const person = await aPerson(ctx);
		const draft = await anExam(ctx);
		const input = { personIds: [person.id], staffNumbers: '' };
		await expect(addCandidates(ctx, { ...input, examId: draft.id })).rejects.toMatchObject({
			code: 'exam.not-published'
		});
		const { exam } = await aPublishedExam(base);
		const over = { ...ctx, now: exam.closesAt };
		await expect(addCandidates(over, { ...input, examId: exam.id })).rejects.toMatchObject({ code: 'exam.closed' });
	});
});
