import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { readFrozenPapers } from '#lib/server/exams/marking/frozen-papers.ts';
import { voidAttempt } from '#lib/server/exams/marking/void-attempt.ts';
import { readExam } from '#lib/server/exams/read-exam.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPublishedExam, asLegal, aSitting, aStart, asCandidate } from '#tests/factories/exams.ts';
import { aMendedVersion } from '#tests/factories/marking.ts';
import { aSingle } from '#tests/factories/questions.ts';
import { as, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

async function sat(ctx: Context, candidates = 3) {
	const { exam, candidates: people } = await aPublishedExam(ctx, { candidates });
	const attempts: string[] = [];
	for (const person of people.slice(1)) attempts.push(await aSitting(ctx, exam, person, { wrong: 1 }));
	await aStart(asCandidate(ctx, people[0]!), exam); // still at work: not there yet
	return { exam, people, attempts };
}

test('every paper that was handed in is there as it was sat, whatever happened to its questions', async ({ ctx }) => {
	const { exam, attempts, people } = await sat(ctx);
	const legal = await asLegal(ctx);
	const view = await readExam(legal, exam.id);
	const { rows } = await readFrozenPapers(legal, view, {});
	expect(rows.map(({ id }) => id).toSorted()).toEqual(attempts.toSorted());
	const [paper] = rows;
	expect(paper).toMatchObject({ score: 8, total: 10, submittedBy: 'person' });
	expect(paper!.slots).toHaveLength(5);
	expect(paper!.slots.every(({ answered, savedAt }) => answered && savedAt)).toBe(true);

	for (const { question } of paper!.slots) expect(question!.options.some(({ chosen }) => chosen)).toBe(true);
	const { rows: answers } = await ctx.db.execute<{ question_id: string }>(
		'select distinct question_id from exam_answers'
	);
	for (const { question_id: id } of answers)
		await aMendedVersion(ctx, id, aSingle({ stem: '换了题干？', articles: [] }));
	const [again] = (await readFrozenPapers(legal, view, { person: people[1]!.id })).rows;
	expect(again).toEqual(rows.find(({ id }) => id === attempts[0]));
});

test('a page holds twenty, and the next begins where it ends', async ({ ctx }) => {
	const { exam } = await sat(ctx, 23);
	const legal = await asLegal(ctx);
	const view = await readExam(legal, exam.id);
	const first = await readFrozenPapers(legal, view, {});
	const second = await readFrozenPapers(legal, view, { after: first.next });
	expect([first.rows.length, second.rows.length, second.next]).toEqual([20, 2, null]);
	expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(22);
});

test('voided papers are kept with the reason; looking is on the record; the own paper waits for its release', async ({
	ctx
}) => {
	const { exam, attempts, people } = await sat(ctx);
	const legal = await asLegal(ctx);
	await voidAttempt(legal, { attemptId: attempts[0]!, because: '查实代考' });
	const view = await readExam(legal, exam.id);
	const { rows } = await readFrozenPapers(legal, view, {});
	expect(rows.find(({ id }) => id === attempts[0])!.voidedBecause).toBe('查实代考');
	const lines = await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'exam.papers-opened'));
	expect(lines.map(({ subjectId }) => subjectId)).toEqual([exam.id]);

	const own = as(ctx, people[2]!.id, { role: 'legal', unit: await theProvince(ctx) });
	const seen = await readFrozenPapers(own, await readExam(own, exam.id), {});
	expect(seen.rows.map(({ id }) => id)).toEqual([attempts[0]]);
});

test('is for those who hold the exam and may see its questions', async ({ ctx }) => {
	const { exam } = await sat(ctx);
	for (const role of ['hr', 'examiner', 'leader'] as const) {
		const someone = as(ctx, (await asLegal(ctx)).actor.personId, { role, unit: await theProvince(ctx) });
		const look = readFrozenPapers(someone, await readExam(someone, exam.id), {});
		await expect(look).rejects.toThrow('access.forbidden');
	}
});
