import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { examCandidates, exams, examTargets } from '#db/schema/exams.ts';
import { createMakeUp } from '#lib/server/exams/create-make-up.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { asLegal } from '#tests/factories/exams.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { anExamResult } from '#tests/factories/promotions.ts';
import { test } from '#tests/setup/test.ts';

const window = (ctx: Context) => ({
	title: '任职考试补考',
	opensAt: new Date(ctx.now.getTime() + 86_400_000),
	closesAt: new Date(ctx.now.getTime() + 2 * 86_400_000)
});

const named = async ({ db }: Context, examId: string) =>
	(await db.select().from(examTargets).where(eq(examTargets.examId, examId))).map(({ personId }) => personId);

const another = async (ctx: Context, examId: string, person: Person) => {
	const [row] = await ctx.db.select().from(examCandidates).where(eq(examCandidates.examId, examId));
	await ctx.db.insert(examCandidates).values({ ...row!, personId: person.id });
};

test('on a promotion everybody has one make-up: a second one is refused', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const person = await aPerson(base);
	const first = await anExamResult(base, { person, outcome: 'failed', score: 40 });
	const makeUp = await createMakeUp(ctx, { examId: first, ...window(ctx) });
	expect(await named(ctx, makeUp)).toEqual([person.id]);
	await expect(createMakeUp(ctx, { examId: first, ...window(ctx) })).rejects.toThrow('exam.one-make-up');

	const failed = await anExamResult(base, { person, outcome: 'failed', score: 40, makeUpOf: first });
	await expect(createMakeUp(ctx, { examId: failed, ...window(ctx) })).rejects.toThrow('exam.one-make-up');
});

test('whoever has had none yet is let sit one, and a make-up that was called off was none', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const [person, late] = [await aPerson(base), await aPerson(base)];
	const first = await anExamResult(base, { person, outcome: 'absent' });
	const makeUp = await createMakeUp(ctx, { examId: first, ...window(ctx) });
	await another(base, first, late);
	expect(await named(ctx, await createMakeUp(ctx, { examId: first, ...window(ctx) }))).toEqual([late.id]);
	await base.db.update(exams).set({ state: 'cancelled', cancelledAt: ctx.now }).where(eq(exams.id, makeUp));
	expect(await named(ctx, await createMakeUp(ctx, { examId: first, ...window(ctx) }))).toEqual([person.id]);
});

test('any other exam may be made up for again', async ({ ctx: base }) => {
	const ctx = await asLegal(base);
	const person = await aPerson(base);
	const first = await anExamResult(base, { person, purpose: 'annual', outcome: 'failed', score: 40 });
	await createMakeUp(ctx, { examId: first, ...window(ctx) });
	expect(await named(ctx, await createMakeUp(ctx, { examId: first, ...window(ctx) }))).toEqual([person.id]);
});
