import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { askedText, questionVersions } from '#db/schema/questions.ts';
import type { QuestionFilter } from '#lib/schemas/questions.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { findSimilar } from '#lib/server/questions/find-similar.ts';
import { getQuestion } from '#lib/server/questions/get-question.ts';
import { likeness } from '#lib/server/questions/likeness.ts';
import {
	countQuestions,
	listFilings,
	listQuestions,
	type QuestionOrder
} from '#lib/server/questions/list-questions.ts';
import { submitDraft } from '#lib/server/questions/move-draft.ts';
import { saveDraft } from '#lib/server/questions/save-draft.ts';
import { aBankOffice, aBankQuestion, aCaseWording, aDraft } from '#tests/factories/bank.ts';
import { aCourse } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aMultiple, aSingle } from '#tests/factories/questions.ts';
import { aStatute } from '#tests/factories/statutes.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const textsOf = async (ctx: SignedIn, filter: Partial<QuestionFilter> = {}, sort: QuestionOrder = 'code') =>
	(await listQuestions(ctx, { origin: 'bank', ...filter }, { sort })).rows.map(({ text }) => text);

test('the bank and the public questions of the courses stand in one list', async ({ ctx }) => {
	const { author, unit } = await aBankOffice(ctx);
	const course = await aCourse(ctx, { lessons: 1 });
	await aBankQuestion(ctx, aSingle({ stem: '甲' }), { unit });
	await aDraft(author, unit, aSingle({ articles: [], stem: '乙' }));

	expect(await countQuestions(author, {})).toBe(2 + 11);
	expect(await countQuestions(author, {}, 3)).toBe(4);
	expect((await textsOf(author)).sort()).toEqual(['乙', '甲']);
	expect(await countQuestions(author, { origin: 'course' })).toBe(11);
	const [row] = (await listQuestions(author, { origin: 'course', kind: 'case' })).rows;
	expect(row).toMatchObject({ text: expect.stringContaining('郑某'), course: { en: 'The Model Employment Act' } });
	expect(course.lessons[0]!.questions).toHaveLength(12);
});

test('shows the questions of the actor’s units and those below', async ({ ctx }) => {
	const { author, unit } = await aBankOffice(ctx);
	const below = await aUnit(ctx, { below: unit });
	await aBankQuestion(ctx, aSingle({ stem: '下' }), { unit: below });
	await aBankQuestion(ctx, aSingle({ stem: '外' }));
	expect(await textsOf(author)).toEqual(['下']);
	expect(await textsOf(as(ctx, author.actor.personId, { role: 'author', unit: below }))).toEqual(['下']);
	await expect(async () => listQuestions(as(ctx, author.actor.personId, { role: 'hr', unit }), {})).rejects.toThrow(
		'access.forbidden'
	);
});

test('narrows by what a question is filed under', async ({ ctx }) => {
	const { author, unit } = await aBankOffice(ctx);
	const statute = await aStatute(ctx);
	const writer = await aPerson(ctx, { unit });
	const articles = [`${statute.slug}/3`];
	await aBankQuestion(ctx, aSingle({ stem: '起算从哪天', articles, difficulty: 5 }), {
		unit,
		topic: '起算',
		tags: ['期限', '常错'],
		authorId: writer.id
	});
	await aBankQuestion(ctx, aMultiple({ stem: '哪些正确' }), { unit, use: 'both', state: 'retired' });

	const found = ['起算从哪天'];
	const filters: Partial<QuestionFilter>[] = [
		{ q: '哪天' },
		{ statute: statute.slug },
		{ statute: statute.slug, article: '3' },
		{ kind: 'single' },
		{ difficulty: '5' },
		{ use: 'exam' },
		{ state: 'published' },
		{ topic: '起算' },
		{ tag: '期限' },
		{ author: writer.id },
		{ facility: 'unknown' },
		{ used: 'never' },
		{}
	];
	for (const filter of filters) expect(await textsOf(author, filter), JSON.stringify(filter)).toEqual(found);
	for (const filter of [
		{ q: '没有' },
		{ statute: statute.slug, article: '4' },
		{ kind: 'essay' },
		{ facility: 'hard' }
	])
		expect(await textsOf(author, filter as Partial<QuestionFilter>), JSON.stringify(filter)).toEqual([]);
	expect(await textsOf(author, { state: 'retired' })).toEqual(['哪些正确']);
	expect(await listFilings(author)).toEqual({
		topics: ['起算'],
		tags: ['常错', '期限'],
		authors: [{ id: writer.id, name: writer.name }]
	});
});

test('the queue holds what others submitted, and nobody’s own', async ({ ctx }) => {
	const { author, reviewer, unit } = await aBankOffice(ctx);
	const [submitted] = [await aDraft(author, unit, aSingle({ articles: [], stem: '送审' })), await aDraft(author, unit)];
	await submitDraft(author, { questionId: submitted });
	const own = await aDraft(reviewer, unit, aSingle({ articles: [], stem: '自己的' }));
	await submitDraft(reviewer, { questionId: own });

	expect(await textsOf(reviewer, { view: 'review' })).toEqual(['送审']);
	expect(await textsOf(reviewer, { view: 'mine' })).toEqual(['自己的']);
	expect(await textsOf(author, { view: 'review' })).toEqual([]);
	expect(await textsOf(author, { view: 'mine' })).toHaveLength(2);
});

test('a case is found by the words of its questions', async ({ ctx }) => {
	const { author, unit } = await aBankOffice(ctx);
	await aDraft(author, unit, aCaseWording());
	expect(await textsOf(author, { q: '保安' })).toHaveLength(1);
	expect(await textsOf(author)).toHaveLength(1);
});

test.for(['code', '-changed', 'difficulty', '-facility', 'used'] as const)(
	'pages there and back by %s',
	async (sort, { ctx }) => {
		const { author, unit } = await aBankOffice(ctx);
		for (let number = 0; number < 6; number++)
			await aBankQuestion(ctx, aSingle({ stem: `第${number}题`, difficulty: (number % 5) + 1 }), { unit });
		const list = (asked: object = {}) => listQuestions(author, { origin: 'bank' }, { sort, size: 4, ...asked });
		const first = await list();
		const second = await list({ after: first.next });
		expect(first.rows).toHaveLength(4);
		expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(6);
		expect((await list({ before: second.previous })).rows).toEqual(first.rows);
		expect([first.previous, second.next]).toEqual([null, null]);
	}
);

test('a list puts exam questions on record: one line that names those new to the reader today', async ({ ctx }) => {
	const { author, unit } = await aBankOffice(ctx);
	const [one, two] = [await aBankQuestion(ctx, undefined, { unit }), await aBankQuestion(ctx, undefined, { unit })];
	await aBankQuestion(ctx, undefined, { unit, use: 'practice' });
	const lines = () =>
		ctx.db
			.select({ by: auditEntries.actorId, details: auditEntries.details })
			.from(auditEntries)
			.where(eq(auditEntries.action, 'question.listed'))
			.orderBy(auditEntries.sequence);
	const list = (now = ctx.now) => listQuestions({ ...author, now }, { origin: 'bank' });
	await list();
	await list();
	const both = { count: 2, questions: expect.arrayContaining([one.id, two.id]) };
	expect(await lines()).toEqual([{ by: author.actor.personId, details: both }]);

	const three = await aBankQuestion(ctx, undefined, { unit });
	await list();
	expect((await lines())[1]!.details).toEqual({ count: 1, questions: [three.id] });
	await list(new Date(ctx.now.getTime() + 86_400_000));
	expect((await lines())[2]!.details).toMatchObject({ count: 3 });
	expect((await getQuestion(author as SignedIn, one.id)).viewings).toHaveLength(3);
});

test('whoever has opened a question today is not told to have seen it in a list as well', async ({ ctx }) => {
	const { author, unit } = await aBankOffice(ctx);
	const { id } = await aBankQuestion(ctx, undefined, { unit });
	await getQuestion(author as SignedIn, id);
	await listQuestions(author, { origin: 'bank' });
	expect(await ctx.db.$count(auditEntries, eq(auditEntries.action, 'question.listed'))).toBe(0);
});

test('warns of stems that are much alike, within reach and in courses', async ({ ctx }) => {
	const { author, unit } = await aBankOffice(ctx);
	const stem = '用人单位与劳动者的劳动关系从哪一天起建立？';
	const own = await aBankQuestion(ctx, aSingle({ stem }), { unit });
	await aBankQuestion(ctx, aSingle({ stem }));
	await aBankQuestion(ctx, aSingle({ stem: '试用期最长几个月？' }), { unit });
	const near = '用人单位和劳动者之间的劳动关系从哪一天建立';
	expect((await findSimilar(author, near)).map(({ id }) => id)).toEqual([own.id]);
	expect(await findSimilar(author, near, own.id)).toEqual([]);
	expect(await findSimilar(author, '起')).toEqual([]);

	const id = await aDraft(author, unit, aSingle({ articles: [], stem: '临时' }));
	await saveDraft(author as SignedIn, { questionId: id, content: aSingle({ articles: [], stem: near }) });
	expect((await findSimilar(author, stem)).map(({ id }) => id)).toEqual([own.id, id]);
});

test('likenesses are looked for through the trigram indexes', async ({ ctx }) => {
	await ctx.db.execute(sql`set local enable_seqscan = off`);
	const text = askedText(questionVersions.content);
	const { rows } = await ctx.db.execute<{ 'QUERY PLAN': string }>(
		sql`explain select 1 from ${questionVersions} where ${text} % ${'用人单位与劳动者的劳动关系从哪一天起建立'}`
	);
	expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('question_versions_likeness');
});

test.each([
	['劳动合同', '劳动合同', 1],
	['劳动 合同。', '劳动合同', 1],
	['abcd', 'abce', 2 / 3],
	['甲乙', '丙丁', 0],
	['', '甲乙', 0]
])('%j and %j are alike to %d', (a, b, wanted) => {
	expect(likeness(a, b)).toBeCloseTo(wanted);
});
