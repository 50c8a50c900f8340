import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { questions } from '#db/schema/questions.ts';
import type { Context } from '#lib/server/platform/context.ts';
import {
	restoreQuestion,
	retireQuestion,
	retireQuestions,
	setReach,
	setUse,
	tagQuestions
} from '#lib/server/questions/change-questions.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { disclose } from '#lib/server/questions/disclose.ts';
import { examEligible } from '#lib/server/questions/exam-eligible.ts';
import { submitDraft } from '#lib/server/questions/move-draft.ts';
import { publishDraft } from '#lib/server/questions/publish-draft.ts';
import { saveDraft } from '#lib/server/questions/save-draft.ts';
import { aBankOffice, aBankQuestion, aCaseWording, aDraft } from '#tests/factories/bank.ts';
import { aCourse } from '#tests/factories/courses.ts';
import { aSingle } from '#tests/factories/questions.ts';
import { aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const rowOf = async ({ db }: Context, id: string) =>
	(await db.select().from(questions).where(eq(questions.id, id)))[0]!;

test('tags are added and taken away, each change on record once', async ({ ctx }) => {
	const { author, unit } = await aBankOffice(ctx);
	const ids = [
		(await aBankQuestion(ctx, undefined, { unit, tags: ['甲'] })).id,
		(await aBankQuestion(ctx, undefined, { unit })).id
	];
	expect(await tagQuestions(author, { questionIds: ids, add: ['甲'] })).toBe(1);
	expect(await tagQuestions(author, { questionIds: ids, add: ['乙'], remove: ['甲'] })).toBe(2);
	expect((await rowOf(ctx, ids[0]!)).tags).toEqual(['乙']);
	const lines = await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'question.tagged'));
	expect(lines).toHaveLength(3);
});

test('use and retirement are decided by those who review', async ({ ctx }) => {
	const { author, reviewer, unit } = await aBankOffice(ctx);
	const { id } = await aBankQuestion(ctx, undefined, { unit });
	await expect(setUse(author, { questionIds: [id], use: 'practice' })).rejects.toThrow('access.forbidden');
	await expect(retireQuestion(author, { questionId: id })).rejects.toThrow('access.forbidden');

	expect(await setUse(reviewer, { questionIds: [id], use: 'practice' })).toBe(1);
	expect(await retireQuestion(reviewer, { questionId: id })).toBe(1);
	expect(await retireQuestion(reviewer, { questionId: id })).toBe(0);
	expect(await rowOf(ctx, id)).toMatchObject({ use: 'practice', state: 'retired' });
	await expect(saveDraft(author, { questionId: id, content: aSingle({ articles: [] }) })).rejects.toThrow(
		'question.retired'
	);
	expect(await restoreQuestion(reviewer, { questionId: id })).toBe(1);
	expect((await rowOf(ctx, id)).state).toBe('published');
});

test('a case is retired and restored with its questions', async ({ ctx }) => {
	const { author, reviewer, unit } = await aBankOffice(ctx);
	const id = await aDraft(author, unit, aCaseWording());
	await submitDraft(author, { questionId: id });
	await publishDraft(reviewer, { questionId: id });
	const states = async () =>
		(await ctx.db.select({ state: questions.state }).from(questions).where(eq(questions.unitId, unit.id))).map(
			({ state }) => state
		);
	await retireQuestion(reviewer, { questionId: id });
	expect(await states()).toEqual(['retired', 'retired', 'retired']);
	await restoreQuestion(reviewer, { questionId: id });
	expect(await states()).toEqual(['published', 'published', 'published']);
});

test('one question out of reach stops the whole act', async ({ ctx }) => {
	const { author, reviewer, unit } = await aBankOffice(ctx);
	const own = await aBankQuestion(ctx, undefined, { unit });
	const foreign = await aBankQuestion(ctx);
	const course = await aCourse(ctx, { lessons: 1 });
	for (const other of [foreign.id, course.lessons[0]!.questions[0]!.id]) {
		const questionIds = [own.id, other];
		await expect(tagQuestions(author, { questionIds, add: ['甲'] })).rejects.toThrow('question.not-found');
		await expect(setUse(reviewer, { questionIds, use: 'both' })).rejects.toThrow('question.not-found');
		await expect(retireQuestions(reviewer, { questionIds })).rejects.toThrow('question.not-found');
	}
	expect(await rowOf(ctx, own.id)).toMatchObject({ tags: [], use: 'exam', state: 'published' });
});

test('a closed-book exam draws only what nobody has seen explained', async ({ ctx }) => {
	const course = await aCourse(ctx, { lessons: 1 });
	const secret = await aBankQuestion(ctx);
	const both = await aBankQuestion(ctx, undefined, { use: 'both' });
	const shown = await aBankQuestion(ctx);
	await aBankQuestion(ctx, undefined, { use: 'practice' });
	await aBankQuestion(ctx, undefined, { state: 'retired' });
	await aBankQuestion(ctx, undefined, { archivedAt: ctx.now });
	await disclose(ctx, [shown.id]);
	await disclose({ ...ctx, now: new Date(ctx.now.getTime() + 1000) }, [shown.id]);
	expect((await rowOf(ctx, shown.id)).disclosedAt).toEqual(ctx.now);

	const province = await theProvince(ctx);
	const below = await aUnit(ctx);
	const eligible = async (openBook: boolean, unitId = province.id) =>
		(
			await ctx.db
				.select({ id: questions.id })
				.from(questions)
				.where(examEligible(questions, { unitId, closedBook: !openBook, today: dateOf(ctx.now) }))
		).map(({ id }) => id);
	expect((await eligible(false)).sort()).toEqual([secret.id, both.id].sort());
	const open = await eligible(true);
	expect(open).toEqual(expect.arrayContaining([secret.id, both.id, shown.id, course.lessons[0]!.questions[0]!.id]));
	expect(open).toHaveLength(3 + 13);
	expect(await eligible(false, below.id)).toEqual([]);
});

test('exams of a unit draw what it and the units below keep, and what the units above share', async ({ ctx }) => {
	const { unit: city, reviewer } = await aBankOffice(ctx);
	const county = await aUnit(ctx, { below: city });
	const beside = await aUnit(ctx, { below: city });
	const [own, ofCounty, kept] = [
		await aBankQuestion(ctx, undefined, { unit: city }),
		await aBankQuestion(ctx, undefined, { unit: county }),
		await aBankQuestion(ctx)
	];
	const eligible = async (unitId: string) =>
		(
			await ctx.db
				.select({ id: questions.id })
				.from(questions)
				.where(examEligible(questions, { unitId, closedBook: true, today: dateOf(ctx.now) }))
		)
			.map(({ id }) => id)
			.sort();
	expect(await eligible(county.id)).toEqual([ofCounty.id]);
	expect(await setReach(reviewer, { questionIds: [own.id], reach: 'below' })).toBe(1);
	expect(await setReach(reviewer, { questionIds: [own.id], reach: 'below' })).toBe(0);
	expect(await eligible(county.id)).toEqual([own.id, ofCounty.id].sort());
	expect(await eligible(beside.id)).toEqual([own.id]);
	expect(await eligible((await theProvince(ctx)).id)).toEqual([own.id, ofCounty.id, kept.id].sort());
	await expect(setReach(reviewer, { questionIds: [kept.id], reach: 'below' })).rejects.toThrow('question.not-found');
	const [line] = await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'question.reach-set'));
	expect(line).toMatchObject({ subjectId: own.id, details: { shared: true } });
});
