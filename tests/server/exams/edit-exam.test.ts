import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import * as v from 'valibot';
import { auditEntries } from '#db/schema/audit.ts';
import { examPapers } from '#db/schema/exam-papers.ts';
import { exams } from '#db/schema/exams.ts';
import * as schemas from '#lib/schemas/exams.ts';
import { createExam } from '#lib/server/exams/create-exam.ts';
import { editExam } from '#lib/server/exams/edit-exam.ts';
import { setWindow } from '#lib/server/exams/set-window.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPublishedExam, anExam, asLegal } from '../../factories/exams.ts';
import { aPerson } from '../../factories/people.ts';
import { as, aUnit, theProvince } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

const begin = {
	kind: 'exam' as const,
	title: '年度法律知识考试',
	opensAt: '2026-12-01T09:00',
	closesAt: '2026-12-01T11:00',
	minutes: 90,
	closedBook: true
};

const rules = (examId: string, changes: Record<string, unknown> = {}) =>
	v.parse(schemas.editExam, {
		examId,
		version: '1',
		title: '年度法律知识考试',
		opensAt: '2026-11-23T09:00',
		closesAt: '2026-11-23T12:00',
		minutes: '60',
		attempts: '2',
		counting: 'average',
		waitMinutes: '30',
		passMark: '60',
		excellentMark: '85.5',
		layout: 'one-question',
		multipleScoring: 'per-option',
		reviewNow: 'nothing',
		reviewAfterAttempt: 'score',
		reviewAfterClose: 'explanations',
		secondMarkerShare: '20',
		markerDifference: '3',
		...changes
	});

const read = async ({ db }: Context, id: string) => (await db.select().from(exams).where(eq(exams.id, id)))[0]!;

describe('creating', () => {
	test('begins a draft with one paper, at times of the office, and writes it down', async ({ ctx: base }) => {
		const ctx = await asLegal(base);
		const id = await createExam(ctx, { ...begin, unitId: (await theProvince(ctx)).id });
		const exam = await read(ctx, id);
		expect(exam).toMatchObject({ state: 'draft', minutes: 90, attempts: 1, closedBook: true });
		expect(exam.opensAt.toISOString()).toBe('2026-12-01T01:00:00.000Z');
		expect(await ctx.db.select().from(examPapers).where(eq(examPapers.examId, id))).toHaveLength(1);
		const [line] = await ctx.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id));
		expect(line).toMatchObject({ action: 'exam.created', actorId: ctx.actor.personId });
	});

	test('a mock exam is sat again and again and shows everything', async ({ ctx: base }) => {
		const ctx = await asLegal(base);
		const id = await createExam(ctx, { ...begin, kind: 'mock', unitId: (await theProvince(ctx)).id });
		expect(await read(ctx, id)).toMatchObject({ kind: 'mock', attempts: 20, reviewNow: 'explanations' });
	});

	test('on behalf of a unit out of reach there is none', async ({ ctx }) => {
		const [here, elsewhere] = [await aUnit(ctx), await aUnit(ctx)];
		const hr = as(ctx, (await aPerson(ctx, { unit: here })).id, { role: 'hr', unit: here });
		await expect(createExam(hr, { ...begin, unitId: elsewhere.id })).rejects.toMatchObject({ code: 'unit.not-found' });
	});
});

describe('editing', () => {
	test('changes every rule of a draft', async ({ ctx: base }) => {
		const ctx = await asLegal(base);
		const exam = await anExam(ctx);
		await editExam(ctx, rules(exam.id, { addressRanges: '10.12.0.0/16\n2001:db8::/32', accessCode: ' 7F3K ' }));
		expect(await read(ctx, exam.id)).toMatchObject({
			version: 2,
			counting: 'average',
			excellentMark: 85.5,
			closedBook: false,
			accessCode: '7F3K',
			addressRanges: ['10.12.0.0/16', '2001:db8::/32'],
			entryMinutes: null
		});
	});

	test('never writes over what somebody else has changed meanwhile', async ({ ctx: base }) => {
		const ctx = await asLegal(base);
		const exam = await anExam(ctx);
		await editExam(ctx, rules(exam.id));
		await expect(editExam(ctx, rules(exam.id))).rejects.toMatchObject({ code: 'exam.changed' });
	});

	test('stands still once the exam is published', async ({ ctx: base }) => {
		const ctx = await asLegal(base);
		const { exam } = await aPublishedExam(base);
		await expect(editExam(ctx, rules(exam.id))).rejects.toMatchObject({ code: 'exam.not-draft' });
	});

	test('keeps windows of units inside that of the exam', async ({ ctx: base }) => {
		const ctx = await asLegal(base);
		const [exam, unit] = [await anExam(ctx), await aUnit(ctx)];
		await setWindow(ctx, {
			examId: exam.id,
			unitId: unit.id,
			opensAt: '2026-11-23T10:00',
			closesAt: '2026-11-23T12:00'
		});
		await expect(editExam(ctx, rules(exam.id, { closesAt: '2026-11-23T11:00' }))).rejects.toMatchObject({
			code: 'exam.window-outside',
			field: 'closesAt'
		});
		await expect(
			setWindow(ctx, { examId: exam.id, unitId: unit.id, opensAt: '2026-11-23T10:00', closesAt: '2026-11-23T12:01' })
		).rejects.toMatchObject({ code: 'exam.window-outside' });
	});

	test.for(['10.12.0.0/33', '10.12', 'office', '::1/129', '10.0.0.1/8/8'])(
		'%s is no network address',
		async (range, { ctx: base }) => {
			const ctx = await asLegal(base);
			const exam = await anExam(ctx);
			await expect(editExam(ctx, rules(exam.id, { addressRanges: range }))).rejects.toMatchObject({
				code: 'exam.address-range',
				field: 'addressRanges'
			});
		}
	);

	test('is for those who hold the exam', async ({ ctx }) => {
		const exam = await anExam(ctx);
		const unit = await aUnit(ctx);
		const hr = as(ctx, (await aPerson(ctx, { unit })).id, { role: 'hr', unit });
		await expect(editExam(hr, rules(exam.id))).rejects.toMatchObject({ code: 'exam.not-found' });
	});
});

test.each([
	[{ closesAt: '2026-11-23T09:00' }, 'closesAt', 'field.ends-before'],
	[{ excellentMark: '50' }, 'excellentMark', 'field.below-pass'],
	[{ passMark: '60.123' }, 'passMark', 'field.no-decimal'],
	[{ opensAt: '2026-02-30T09:00' }, 'opensAt', 'field.no-time'],
	[{ minutes: '0' }, 'minutes', 'field.too-small'],
	[{ entryMinutes: 'bald' }, 'entryMinutes', 'field.no-number']
])('%o is refused at its field', (changes, field, message) => {
	const base = {
		examId: '00000000-0000-4000-8000-000000000000',
		version: '1',
		title: '考试',
		opensAt: '2026-11-23T09:00',
		closesAt: '2026-11-23T12:00',
		minutes: '60',
		attempts: '1',
		counting: 'best',
		waitMinutes: '0',
		passMark: '60',
		excellentMark: '90',
		layout: 'one-page',
		multipleScoring: 'per-option',
		reviewNow: 'nothing',
		reviewAfterAttempt: 'nothing',
		reviewAfterClose: 'score',
		secondMarkerShare: '0',
		markerDifference: '3'
	};
	const { issues = [] } = v.safeParse(schemas.editExam, { ...base, ...changes });
	expect(issues.map((issue) => [v.getDotPath(issue), issue.message])).toEqual([[field, message]]);
});
