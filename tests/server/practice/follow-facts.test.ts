import { asc, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { practiceAnswers, practiceCards } from '#db/schema/practice.ts';
import { questions } from '#db/schema/questions.ts';
import '#lib/server/jobs/subscriptions.ts';
import { markAttempts } from '#lib/server/exams/marking/mark-attempts.ts';
import { releaseExam } from '#lib/server/exams/marking/release-exam.ts';
import { announce } from '#lib/server/platform/announce.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { addressOf, aTry, later } from '#tests/factories/checks.ts';
import { aCourse } from '#tests/factories/courses.ts';
import { aPublishedExam, asLegal, aSitting } from '#tests/factories/exams.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const kept = ({ db }: Context) => db.select().from(practiceAnswers).orderBy(asc(practiceAnswers.at));

test('a failed check gives nothing away; with the one that passes, the answers of both are known', async ({
	ctx: base
}) => {
	const ctx = as(base, (await aPerson(base)).id);
	const course = await aCourse(base);
	await aTry(ctx, addressOf(course), { wrong: 3 });
	expect(await kept(ctx)).toEqual([]);

	await aTry(later(ctx, 30), addressOf(course), { wrong: 1 });
	const answers = await kept(ctx);
	expect(answers).toHaveLength(12);
	expect(answers.filter(({ correct }) => !correct)).toHaveLength(4);
	expect(answers.every(({ source, personId }) => source === 'check' && personId === ctx.actor.personId)).toBe(true);
	// only what was wrong, now or the time before, is reviewed
	const wrong = new Set(answers.filter(({ correct }) => !correct).map(({ questionId }) => questionId));
	const cards = await ctx.db.select().from(practiceCards);
	expect(new Set(cards.map(({ questionId }) => questionId))).toEqual(wrong);
});

test('a fact that is announced again keeps nothing twice', async ({ ctx: base }) => {
	const ctx = as(base, (await aPerson(base)).id);
	const course = await aCourse(base);
	await aTry(ctx, addressOf(course));
	await announce(ctx, 'lesson.completed', {
		personId: ctx.actor.personId,
		lessonId: course.lessons[0]!.id
	});
	expect(await kept(ctx)).toHaveLength(6);
});

/** A sat paper that is released, with two of five slots wrong. */
async function aReleasedPaper(ctx: Context, reviewAfterAttempt: 'score' | 'answers' | 'explanations') {
	const { exam, candidates } = await aPublishedExam(ctx, { reviewAfterAttempt });
	const attemptId = await aSitting(ctx, exam, candidates[0]!, { wrong: 2 });
	const slots = await ctx.db.select().from(examAnswers).where(eq(examAnswers.attemptId, attemptId));
	for (const { slot, points } of slots) {
		await ctx.db
			.update(examAnswers)
			.set({ score: slot <= 2 ? 0 : points })
			.where(eq(examAnswers.slot, slot));
	}
	const marked = { score: 6, markedAt: ctx.now };
	const [attempt] = await ctx.db.select().from(examAttempts).where(eq(examAttempts.id, attemptId));
	if (attempt!.state === 'submitted') {
		await ctx.db
			.update(examAttempts)
			.set({ ...marked, state: 'marked' })
			.where(eq(examAttempts.id, attemptId));
	}
	await ctx.db
		.update(examAttempts)
		.set({ state: 'released', releasedAt: ctx.now })
		.where(eq(examAttempts.id, attemptId));
	await announce(ctx, 'attempts.released', { attemptIds: [attemptId] });
	return { person: candidates[0]!, slots };
}

const disclosed = async ({ db }: Context) =>
	(await db.select({ at: questions.disclosedAt }).from(questions)).filter(({ at }) => at !== null).length;

test('a released paper is kept where its owner may see what was right', async ({ ctx }) => {
	const { person } = await aReleasedPaper(ctx, 'answers');
	const answers = await kept(ctx);
	expect(answers).toHaveLength(5);
	expect(answers.every(({ source, personId }) => source === 'exam' && personId === person.id)).toBe(true);
	expect(answers.filter(({ correct }) => !correct)).toHaveLength(2);
	expect(await disclosed(ctx)).toBe(0);
});

test('questions whose explanations were released are public from then on', async ({ ctx }) => {
	await aReleasedPaper(ctx, 'explanations');
	expect(await kept(ctx)).toHaveLength(5);
	expect(await disclosed(ctx)).toBe(5);
});

test('of a paper whose owner sees only the score nothing is kept', async ({ ctx }) => {
	await aReleasedPaper(ctx, 'score');
	expect(await kept(ctx)).toEqual([]);
});

test('what is shown only after the close is kept when the exam is released', async ({ ctx }) => {
	const policy = { reviewAfterAttempt: 'score', reviewAfterClose: 'answers' } as const;
	const { exam, candidates } = await aPublishedExam(ctx, { ...policy, candidates: 1 });
	const attemptId = await aSitting(ctx, exam, candidates[0]!, { wrong: 2 });
	await markAttempts(ctx, [attemptId]);
	expect(await kept(ctx)).toEqual([]);

	await releaseExam(later(await asLegal(ctx), 300), exam.id);
	expect((await kept(ctx)).map(({ correct }) => correct).filter(Boolean)).toHaveLength(3);
});

test('what is shown only after the last attempt is kept of all attempts with it', async ({ ctx }) => {
	const policy = { reviewNow: 'score', reviewAfterAttempt: 'answers', attempts: 2 } as const;
	const { exam, candidates } = await aPublishedExam(ctx, { ...policy, candidates: 1 });
	await aSitting(ctx, exam, candidates[0]!, { wrong: 2 });
	expect(await kept(ctx)).toEqual([]);

	const soon = { ...ctx, now: new Date(ctx.now.getTime() + 300_000) };
	await aSitting(soon, exam, candidates[0]!);
	const answers = await kept(ctx);
	expect(answers).toHaveLength(10);
	expect(answers.filter(({ correct }) => !correct)).toHaveLength(2);
});
