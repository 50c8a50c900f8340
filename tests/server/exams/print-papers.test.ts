import { and, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { assignSeats } from '#lib/server/exams/assign-seats.ts';
import { exemptCandidate } from '#lib/server/exams/exempt-candidate.ts';
import { paperOfCandidate, papersAtOnce, papersBySeat } from '#lib/server/exams/print-papers.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPublishedExam, asLegal } from '#tests/factories/exams.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const printedOf = ({ db }: Context, personId?: string) =>
	db
		.select({ details: auditEntries.details })
		.from(auditEntries)
		.where(eq(auditEntries.action, 'exam.paper-printed'))
		.then((lines) => lines.filter(({ details }) => !personId || details.personId === personId));

test('everybody due to sit gets their own paper, by seat, and each print is on record', async ({ ctx: base }) => {
	const { exam, candidates } = await aPublishedExam(base, { onSite: true, candidates: 4, bank: 30 });
	const ctx = await asLegal(base);
	await exemptCandidate(ctx, { examId: exam.id, personId: candidates[0]!.id, because: '已取得执法证' });
	await assignSeats(ctx, { examId: exam.id, order: 'number', perRoom: 2 });

	const { papers } = await papersBySeat(ctx, { examId: exam.id, from: 0 });
	expect(papers.map(({ candidate }) => candidate.seat)).toEqual(['1-001', '1-002', '2-001']);
	const [second] = papers;
	const own = and(eq(examAttempts.examId, exam.id), eq(examAttempts.personId, candidates[1]!.id));
	const slots = await ctx.db
		.select()
		.from(examAnswers)
		.innerJoin(examAttempts, and(eq(examAttempts.id, examAnswers.attemptId), own));
	expect(second).toMatchObject({ candidate: { name: candidates[1]!.name }, paper: { total: 10 } });
	expect(second!.paper.sections[0]!.questions).toHaveLength(slots.length);
	expect(JSON.stringify(papers)).not.toMatch(/"key"|why|explanation/);
	expect(await printedOf(ctx)).toHaveLength(3);
});

test('portions follow each other without a gap', async ({ ctx: base }) => {
	const { exam } = await aPublishedExam(base, { onSite: true, candidates: papersAtOnce + 2 });
	const ctx = await asLegal(base);
	const portion = async (from: number) =>
		(await papersBySeat(ctx, { examId: exam.id, from })).papers.map(({ candidate }) => candidate.staffNumber);
	const [first, rest] = [await portion(0), await portion(papersAtOnce)];
	expect([first.length, rest.length]).toEqual([papersAtOnce, 2]);
	expect(new Set([...first, ...rest]).size).toBe(papersAtOnce + 2);
	expect(await portion(2 * papersAtOnce)).toEqual([]);
});

test('the paper of one person is the same as in the pile; of a stranger there is none', async ({ ctx: base }) => {
	const { exam, candidates } = await aPublishedExam(base, { onSite: true });
	const ctx = await asLegal(base);
	const { paper } = await paperOfCandidate(ctx, { examId: exam.id, personId: candidates[0]!.id });
	const { papers } = await papersBySeat(ctx, { examId: exam.id, from: 0 });
	expect(papers.find(({ candidate }) => candidate.name === candidates[0]!.name)?.paper).toEqual(paper);
	expect(await printedOf(ctx, candidates[0]!.id)).toHaveLength(2);
	const stranger = await aPerson(base);
	await expect(paperOfCandidate(ctx, { examId: exam.id, personId: stranger.id })).rejects.toThrow(
		'candidate.not-found'
	);
});

test('who may not see questions of the bank prints nothing', async ({ ctx: base }) => {
	const { exam } = await aPublishedExam(base, { onSite: true });
	const hr = as(base, (await aPerson(base)).id, { role: 'hr', unit: await theProvince(base) });
	await expect(papersBySeat(hr, { examId: exam.id, from: 0 })).rejects.toMatchObject({ failure: 'forbidden' });
});
