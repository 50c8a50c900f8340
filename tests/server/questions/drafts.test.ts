import { and, eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { notifications } from '#db/schema/notifications.ts';
import { questionArticles, questionDrafts, questions, questionVersions } from '#db/schema/questions.ts';
import type { Context, SignedIn } from '#lib/server/platform/context.ts';
import type { SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import { createQuestion } from '#lib/server/questions/create-question.ts';
import { discardDraft, returnDraft, submitDraft, withdrawDraft } from '#lib/server/questions/move-draft.ts';
import { publishDraft } from '#lib/server/questions/publish-draft.ts';
import { saveDraft } from '#lib/server/questions/save-draft.ts';
import { aBankOffice, aCaseWording, aDraft } from '#tests/factories/bank.ts';
import { aCourse } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aSingle, aTrueFalse } from '#tests/factories/questions.ts';
import { aStatute } from '#tests/factories/statutes.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const rowOf = async ({ db }: Context, id: string) =>
	(await db.select().from(questions).where(eq(questions.id, id)))[0]!;
const draftOf = async ({ db }: Context, id: string) =>
	(await db.select().from(questionDrafts).where(eq(questionDrafts.questionId, id)))[0];
const versionsOf = ({ db }: Context, id: string) =>
	db.select().from(questionVersions).where(eq(questionVersions.questionId, id)).orderBy(questionVersions.number);
const partsOf = ({ db }: Context, id: string) =>
	db.select().from(questions).where(eq(questions.caseId, id)).orderBy(questions.position, questions.code);
const actionsOn = async ({ db }: Context, id: string) =>
	(
		await db
			.select({ action: auditEntries.action })
			.from(auditEntries)
			.where(eq(auditEntries.subjectId, id))
			.orderBy(auditEntries.sequence)
	).map(({ action }) => action);

/** From a draft to a published question. */
async function publish(author: SignedIn, reviewer: SignedIn, questionId: string) {
	await submitDraft(author, { questionId });
	await publishDraft(reviewer, { questionId });
}

test('a question is written, reviewed and published, and everything is on record', async ({ ctx }) => {
	const { author, reviewer, unit } = await aBankOffice(ctx);
	const statute = await aStatute(ctx);
	const content = aSingle({ articles: [`${statute.slug}/2`] });
	const id = await createQuestion(author, {
		unitId: unit.id,
		use: 'exam',
		topic: '起算',
		tags: ['期限', '期限'],
		content
	});

	expect(await rowOf(ctx, id)).toMatchObject({ state: 'unpublished', topic: '起算', tags: ['期限'], unitId: unit.id });
	expect((await rowOf(ctx, id)).code).toMatch(/^q-\d{6}$/);
	expect(await draftOf(ctx, id)).toMatchObject({ state: 'draft', authorId: author.actor.personId });

	await publish(author, reviewer, id);
	const [version] = await versionsOf(ctx, id);
	expect(version).toMatchObject({
		number: 1,
		authorId: author.actor.personId,
		reviewedBy: reviewer.actor.personId,
		difficulty: 3
	});
	expect((version!.content as { html: object }).html).toMatchObject({ stem: '关系从哪天起？' });
	expect(await rowOf(ctx, id)).toMatchObject({ state: 'published', currentVersionId: version!.id });
	expect(await draftOf(ctx, id)).toBeUndefined();
	const cited = await ctx.db.select().from(questionArticles).where(eq(questionArticles.versionId, version!.id));
	expect(cited.map(({ articleId }) => articleId)).toEqual([statute.articles[1]!.id]);
	expect(await actionsOn(ctx, id)).toEqual(['question.created', 'question.submitted', 'question.published']);
	const told = await ctx.db.select().from(notifications).where(eq(notifications.personId, author.actor.personId));
	expect(told).toMatchObject([{ kind: 'question_published', href: `/manage/questions/${id}` }]);
});

test('the next wording waits as a draft, and what was asked before stays as it was', async ({ ctx }) => {
	const { author, reviewer, unit } = await aBankOffice(ctx);
	const id = await aDraft(author, unit);
	await publish(author, reviewer, id);
	const before = await rowOf(ctx, id);

	await saveDraft(reviewer, { questionId: id, content: aSingle({ articles: [], stem: '新问' }) });
	expect(await rowOf(ctx, id)).toEqual(before);
	await publish(
		reviewer,
		author.actor.personId ? as(ctx, (await aPerson(ctx)).id, { role: 'legal', unit }) : author,
		id
	);
	const versions = await versionsOf(ctx, id);
	expect(versions.map(({ content }) => (content as SmallContent).stem)).toEqual([expect.any(String), '新问']);
	expect((await rowOf(ctx, id)).currentVersionId).toBe(versions[1]!.id);
});

describe('the reviewer', () => {
	test('is never the author, whatever roles the author holds', async ({ ctx }) => {
		const { unit } = await aBankOffice(ctx);
		const both = as(ctx, (await aPerson(ctx)).id, { role: 'legal', unit });
		const id = await aDraft(both, unit);
		await submitDraft(both, { questionId: id });

		await expect(publishDraft(both, { questionId: id })).rejects.toThrow('draft.own');
		await expect(returnDraft(both, { questionId: id, reason: '不清楚' })).rejects.toThrow('draft.own');
		const insert = ctx.db.transaction((db) =>
			db.insert(questionVersions).values({
				id,
				questionId: id,
				number: 1,
				difficulty: 1,
				content: {},
				hash: '',
				authorId: both.actor.personId,
				reviewedBy: both.actor.personId,
				createdAt: ctx.now
			})
		);
		await expect(insert).rejects.toMatchObject({ cause: { constraint: 'question_versions_second_reader' } });
	});

	test('returns a draft with a reason, and gets it again', async ({ ctx }) => {
		const { author, reviewer, unit } = await aBankOffice(ctx);
		const id = await aDraft(author, unit);
		await submitDraft(author, { questionId: id });
		await returnDraft(reviewer, { questionId: id, reason: '两个选项都对' });
		expect(await draftOf(ctx, id)).toMatchObject({
			state: 'returned',
			returnedBecause: '两个选项都对',
			returnedBy: reviewer.actor.personId
		});
		await expect(publishDraft(reviewer, { questionId: id })).rejects.toThrow('draft.not-in-review');

		await saveDraft(author, { questionId: id, content: aSingle({ articles: [] }) });
		expect(await draftOf(ctx, id)).toMatchObject({ state: 'draft', returnedBecause: null });
		await publish(author, reviewer, id);
		expect(await versionsOf(ctx, id)).toHaveLength(1);
	});

	test('publishes nothing that was not submitted', async ({ ctx }) => {
		const { author, reviewer, unit } = await aBankOffice(ctx);
		const id = await aDraft(author, unit);
		await expect(publishDraft(reviewer, { questionId: id })).rejects.toThrow('draft.not-in-review');
		await submitDraft(author, { questionId: id });
		await publishDraft(reviewer, { questionId: id });
		await expect(publishDraft(reviewer, { questionId: id })).rejects.toThrow('draft.none');
	});
});

describe('a draft', () => {
	test('is written by its author alone', async ({ ctx }) => {
		const { author, unit } = await aBankOffice(ctx);
		const other = as(ctx, (await aPerson(ctx)).id, { role: 'author', unit });
		const id = await aDraft(author, unit);
		const content = aSingle({ articles: [] });
		await expect(saveDraft(other, { questionId: id, content })).rejects.toThrow('draft.of-another');
		await expect(submitDraft(other, { questionId: id })).rejects.toThrow('draft.of-another');
		await expect(discardDraft(other, { questionId: id })).rejects.toThrow('access.forbidden');
	});

	test('stands still while it is reviewed, until its author takes it back', async ({ ctx }) => {
		const { author, unit } = await aBankOffice(ctx);
		const id = await aDraft(author, unit);
		await submitDraft(author, { questionId: id });
		const save = () => saveDraft(author, { questionId: id, content: aSingle({ articles: [], stem: '改' }) });
		await expect(save()).rejects.toThrow('draft.in-review');
		await expect(submitDraft(author, { questionId: id })).rejects.toThrow('draft.in-review');
		await withdrawDraft(author, { questionId: id });
		await save();
		expect(await draftOf(ctx, id)).toMatchObject({ state: 'draft', content: expect.objectContaining({ stem: '改' }) });
	});

	test('thrown away takes a question along that was never published, and no other', async ({ ctx }) => {
		const { author, reviewer, unit } = await aBankOffice(ctx);
		const [fresh, known] = [await aDraft(author, unit), await aDraft(author, unit)];
		await publish(author, reviewer, known);
		await saveDraft(author, { questionId: known, content: aSingle({ articles: [] }) });

		await discardDraft(reviewer, { questionId: fresh });
		await discardDraft(author, { questionId: known });
		expect((await rowOf(ctx, fresh)).archivedAt).toEqual(ctx.now);
		expect(await rowOf(ctx, known)).toMatchObject({ archivedAt: null, state: 'published' });
		expect(await draftOf(ctx, known)).toBeUndefined();
	});

	test('keeps its kind, cites articles that exist, and can be scored', async ({ ctx }) => {
		const { author, unit } = await aBankOffice(ctx);
		const id = await aDraft(author, unit);
		const save = (content: SmallContent) => saveDraft(author, { questionId: id, content });
		await expect(save(aTrueFalse({ articles: [] }))).rejects.toThrow('question.kind-fixed');
		await expect(save(aSingle({ articles: ['nowhere/1'] }))).rejects.toThrow('question.article-unknown');
		await expect(save(aSingle({ articles: [], key: [] }))).rejects.toThrow('question.key-one');
	});

	test('sets the use only until the question is published', async ({ ctx }) => {
		const { author, reviewer, unit } = await aBankOffice(ctx);
		const id = await aDraft(author, unit);
		const content = aSingle({ articles: [] });
		const place = { use: 'both', topic: '起算', tags: ['甲'] } as const;
		await saveDraft(author, { questionId: id, content, place: { ...place, tags: ['甲'] } });
		expect(await rowOf(ctx, id)).toMatchObject(place);
		await publish(author, reviewer, id);
		await saveDraft(author, { questionId: id, content, place: { use: 'practice', tags: ['乙'] } });
		expect(await rowOf(ctx, id)).toMatchObject({ use: 'both', tags: ['乙'] });
	});
});

describe('a case', () => {
	test('is written, reviewed and published with its questions', async ({ ctx }) => {
		const { author, reviewer, unit } = await aBankOffice(ctx);
		const id = await aDraft(author, unit, aCaseWording());
		await publish(author, reviewer, id);

		const parts = await partsOf(ctx, id);
		expect(parts.map(({ kind, state, position }) => ({ kind, state, position }))).toEqual([
			{ kind: 'true-false', state: 'published', position: 1 },
			{ kind: 'single', state: 'published', position: 2 }
		]);
		const [version] = await versionsOf(ctx, id);
		expect(version).toMatchObject({ difficulty: 4, content: { kind: 'case', html: expect.stringContaining('郑某') } });
	});

	test('gains and loses questions with its next wording', async ({ ctx }) => {
		const { author, reviewer, unit } = await aBankOffice(ctx);
		const id = await aDraft(author, unit, aCaseWording());
		await publish(author, reviewer, id);
		const [first, second] = await partsOf(ctx, id);
		const kept = aSingle({ articles: [], id: second!.code, stem: '郑某还可以主张什么？' });
		const added = aTrueFalse({ articles: [], id: '', stem: '工会可以代他主张。' });
		await saveDraft(author, { questionId: id, content: aCaseWording({ questions: [added, kept] }) });
		expect((await rowOf(ctx, first!.id)).archivedAt).toBeNull();

		await publish(author, reviewer, id);
		expect((await rowOf(ctx, first!.id)).archivedAt).toEqual(ctx.now);
		const live = (await partsOf(ctx, id)).filter(({ archivedAt }) => !archivedAt);
		expect(live.map(({ position, kind }) => [position, kind])).toEqual([
			[1, 'true-false'],
			[2, 'single']
		]);
		expect(live[1]!.id).toBe(second!.id);
		expect(await versionsOf(ctx, second!.id)).toHaveLength(2);
	});

	test('is reached through any of its questions', async ({ ctx }) => {
		const { author, unit } = await aBankOffice(ctx);
		const id = await aDraft(author, unit, aCaseWording());
		const [part] = await partsOf(ctx, id);
		await submitDraft(author, { questionId: part!.id });
		const states = await ctx.db
			.select({ state: questionDrafts.state })
			.from(questionDrafts)
			.innerJoin(questions, and(eq(questions.id, questionDrafts.questionId), eq(questions.unitId, unit.id)));
		expect(states.map(({ state }) => state)).toEqual(['in-review', 'in-review', 'in-review']);
	});
});

test('questions of courses are changed in their files alone', async ({ ctx }) => {
	const { author, reviewer } = await aBankOffice(ctx);
	const course = await aCourse(ctx, { lessons: 1 });
	const questionId = course.lessons[0]!.questions[0]!.id;
	await expect(saveDraft(author, { questionId, content: aSingle() })).rejects.toThrow('question.of-course');
	await expect(publishDraft(reviewer, { questionId })).rejects.toThrow('question.of-course');
});

test('out of reach there is no question', async ({ ctx }) => {
	const { author, unit } = await aBankOffice(ctx);
	const above = await aBankOffice(ctx);
	const id = await aDraft(author, unit);
	await submitDraft(author, { questionId: id });
	for (const stranger of [above.author, above.reviewer, as(ctx, (await aPerson(ctx)).id, { role: 'hr', unit })]) {
		const act = (act: Promise<unknown>) => expect(act).rejects.toThrow('question.not-found');
		await act(saveDraft(stranger, { questionId: id, content: aSingle({ articles: [] }) }));
		await act(submitDraft(stranger, { questionId: id }));
		await act(withdrawDraft(stranger, { questionId: id }));
		await act(returnDraft(stranger, { questionId: id, reason: '不' }));
		await act(publishDraft(stranger, { questionId: id }));
		await act(discardDraft(stranger, { questionId: id }));
		await expect(aDraft(stranger, unit)).rejects.toThrow('unit.not-found');
	}
	await expect(publishDraft(author, { questionId: id })).rejects.toThrow('question.not-found');
	const below = await aUnit(ctx, { below: unit });
	expect(await aDraft(author, below)).toBeTruthy();
});

test('what is published is what the reviewer read', async ({ ctx }) => {
	const { author, reviewer, unit } = await aBankOffice(ctx);
	const place = { unitId: unit.id, use: 'exam' as const, topic: '', tags: [] };
	const questionId = await createQuestion(author, { ...place, content: aSingle({ articles: [] }) });
	await submitDraft(author, { questionId });
	const seen = (await draftOf(ctx, questionId))!.updatedAt.toISOString();

	const later = { ...author, now: new Date(ctx.now.getTime() + 60_000) };
	await withdrawDraft(later, { questionId });
	await saveDraft(later, { questionId, content: aSingle({ articles: [], stem: '审核时没有的题干？' }) });
	await submitDraft(later, { questionId });
	await expect(publishDraft(reviewer, { questionId, seen })).rejects.toThrow('draft.changed');
	await publishDraft(reviewer, { questionId, seen: later.now.toISOString() });
});

test('the database holds no published question without a wording, and no wording that changes', async ({ ctx }) => {
	const { author, reviewer, unit } = await aBankOffice(ctx);
	const id = await aDraft(author, unit);
	const inSavepoint = (act: (db: Context['db']) => Promise<unknown>) =>
		ctx.db.transaction((db) => act(db as unknown as Context['db']));
	await expect(
		inSavepoint((db) => db.update(questions).set({ state: 'published' }).where(eq(questions.id, id)))
	).rejects.toMatchObject({ cause: { constraint: 'questions_published' } });
	await publish(author, reviewer, id);
	await expect(
		inSavepoint((db) => db.update(questionVersions).set({ difficulty: 1 }).where(eq(questionVersions.questionId, id)))
	).rejects.toMatchObject({ cause: { code: '23001' } });
});
