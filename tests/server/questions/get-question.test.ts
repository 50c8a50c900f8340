import { and, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { questions } from '#db/schema/questions.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { getQuestion } from '#lib/server/questions/get-question.ts';
import { returnDraft, submitDraft } from '#lib/server/questions/move-draft.ts';
import { addPicture, getPicture, listPictures } from '#lib/server/questions/pictures.ts';
import { publishDraft } from '#lib/server/questions/publish-draft.ts';
import { saveDraft } from '#lib/server/questions/save-draft.ts';
import { aBankOffice, aBankQuestion, aCaseWording, aDraft } from '#tests/factories/bank.ts';
import { aPng } from '#tests/factories/files.ts';
import { aCourse } from '#tests/factories/courses.ts';
import { aPublishedExam, asCandidate, aStart } from '#tests/factories/exams.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aSingle } from '#tests/factories/questions.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const viewings = ({ db }: Context, id: string) =>
	db.$count(auditEntries, and(eq(auditEntries.subjectId, id), eq(auditEntries.action, 'question.viewed')));

test('shows the wording that is asked, the one in work, and who did what', async ({ ctx }) => {
	const { author, reviewer, unit } = await aBankOffice(ctx);
	const id = await aDraft(author, unit, aSingle({ articles: [], stem: '初稿' }));
	await submitDraft(author, { questionId: id });
	await publishDraft(reviewer, { questionId: id });
	await saveDraft(author, { questionId: id, content: aSingle({ articles: [], stem: '再稿' }) });
	await submitDraft(author, { questionId: id });
	await returnDraft(reviewer, { questionId: id, reason: '两个都对' });

	const page = await getQuestion(author, id);
	expect(page.published?.questions[0]?.content.html.stem).toBe('初稿');
	expect(page.draft).toMatchObject({ state: 'returned', returnedBecause: '两个都对', isAuthor: true });
	expect(page.draft?.wording.questions[0]?.content.html.stem).toBe('再稿');
	expect(page.versions).toHaveLength(1);
	expect(page.history.map(({ action }) => action)).toContain('question.published');
	expect(page.may).toMatchObject({ edit: true, submit: true, review: false, retire: false });
	expect((await getQuestion(reviewer, id)).may).toMatchObject({
		edit: false,
		review: false,
		retire: true,
		discard: true
	});
});

test('a case is shown with its questions, whichever was asked for', async ({ ctx }) => {
	const { author, unit } = await aBankOffice(ctx);
	const id = await aDraft(author, unit, aCaseWording());
	const [part] = await ctx.db.select().from(questions).where(eq(questions.caseId, id));
	const page = await getQuestion(author, part!.id);
	expect(page.question.id).toBe(id);
	expect(page.draft?.wording.situation).toContain('郑某');
	expect(page.draft?.wording.questions).toHaveLength(2);
});

test('seeing an exam question is on record once a day; practice and courses are not', async ({ ctx }) => {
	const { author, reviewer, unit } = await aBankOffice(ctx);
	const exam = await aBankQuestion(ctx, undefined, { unit });
	const practice = await aBankQuestion(ctx, undefined, { unit, use: 'practice' });
	const course = await aCourse(ctx, { lessons: 1 });
	const public_ = course.lessons[0]!.questions[0]!.id;
	for (let times = 0; times < 2; times++)
		for (const id of [exam.id, practice.id, public_]) await getQuestion(author, id);
	expect(await viewings(ctx, exam.id)).toBe(1);
	await getQuestion(reviewer, exam.id);
	await getQuestion({ ...author, now: new Date(ctx.now.getTime() + 86_400_000) }, exam.id);
	expect(await viewings(ctx, exam.id)).toBe(3);
	const page = await getQuestion(author, exam.id);
	expect([page.history, page.viewings.length]).toEqual([[], 3]);
	expect([await viewings(ctx, practice.id), await viewings(ctx, public_)]).toEqual([0, 0]);
	expect((await getQuestion(author, public_)).may).toMatchObject({ edit: false, copy: false, retire: false });
});

test('out of reach there is no question, and without the ability no bank', async ({ ctx }) => {
	const { author, unit } = await aBankOffice(ctx);
	const { id } = await aBankQuestion(ctx, undefined, { unit });
	const elsewhere = as(ctx, author.actor.personId, { role: 'legal', unit: await aUnit(ctx) });
	await expect(getQuestion(elsewhere, id)).rejects.toThrow('question.not-found');
	await expect(getQuestion(author, 'nonsense')).rejects.toThrow('question.not-found');
	const hr = as(ctx, author.actor.personId, { role: 'hr', unit });
	await expect(getQuestion(hr, id)).rejects.toThrow('access.forbidden');
});

const png = aPng();

test('pictures are known by their bytes, kept once, and shown by name', async ({ ctx }) => {
	const { author, reviewer, unit } = await aBankOffice(ctx);
	const id = await aDraft(author, unit);
	const add = (name: string, bytes: Buffer) => addPicture(author, { questionId: id, name, bytes });
	expect(await add('工资 Chart 1.JPEG', png)).toBe('chart-1.png');
	expect(await add('again.png', png)).toBe('chart-1.png');
	expect(await add('chart 1.png', aPng(3, 3))).toBe('chart-1-2.png');
	await expect(add('x.png', Buffer.from('<svg onload=alert(1)>'))).rejects.toThrow('picture.kind');
	await expect(add('x.png', Buffer.concat([png, Buffer.alloc(2 ** 20)]))).rejects.toThrow('picture.too-large');
	expect(await listPictures(author, id)).toEqual([{ name: 'chart-1-2.png' }, { name: 'chart-1.png' }]);

	await saveDraft(author, { questionId: id, content: aSingle({ articles: [], stem: '看图 ![工资表](chart-1.png)' }) });
	await submitDraft(author, { questionId: id });
	await publishDraft(reviewer, { questionId: id });
	const page = await getQuestion(author, id);
	expect(page.published?.questions[0]?.content.html.stem).toContain(
		`<img src="/questions/${id}/pictures/chart-1.png" alt="工资表"`
	);
});

test('a picture is seen by those who keep the question and those who were asked it', async ({ ctx }) => {
	const { author, unit } = await aBankOffice(ctx);
	const questionId = await aDraft(author, unit);
	const name = await addPicture(author, { questionId, name: 'a', bytes: png });
	const stranger = as(ctx, (await aPerson(ctx)).id);
	expect((await getPicture(author, { questionId, name })).mediaType).toBe('image/png');
	await expect(getPicture(stranger, { questionId, name })).rejects.toThrow('picture.not-found');
	await expect(getPicture(author, { questionId, name: 'b.png' })).rejects.toThrow('picture.not-found');
	await expect(addPicture(stranger, { questionId, name: 'a', bytes: png })).rejects.toThrow('question.not-found');
});

test('a candidate sees the picture of a question from the start of the paper on', async ({ ctx }) => {
	const { author, reviewer, unit } = await aBankOffice(ctx);
	const questionId = await aDraft(author, unit);
	const name = await addPicture(author, { questionId, name: 'a', bytes: png });
	await submitDraft(author, { questionId });
	await publishDraft(reviewer, { questionId });
	const { exam, candidates } = await aPublishedExam(ctx, { candidates: 1, bank: 4 });
	const candidate = asCandidate(ctx, candidates[0]!);
	const look = () => getPicture(candidate, { questionId, name });
	await expect(look()).rejects.toThrow('picture.not-found');
	await aStart(candidate, exam);
	expect((await look()).bytes).toEqual(png);
});

test('the parts of a case show pictures that are kept with the case', async ({ ctx }) => {
	const { author, reviewer, unit } = await aBankOffice(ctx);
	const id = await aDraft(author, unit, aCaseWording());
	const name = await addPicture(author, { questionId: id, name: 'a', bytes: png });
	const [first, second] = aCaseWording().questions;
	const parts = [{ ...first!, stem: `![表](${name})` }, second!];
	await saveDraft(author, { questionId: id, content: aCaseWording({ questions: parts }) });
	await submitDraft(author, { questionId: id });
	await publishDraft(reviewer, { questionId: id });
	const page = await getQuestion(author, id);
	expect(page.published?.questions[0]?.content.html.stem).toContain(`/questions/${id}/pictures/${name}`);
});
