import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { annualGrades } from '#db/schema/annual-grades.ts';
import { getCycle, getWholeCycle } from '#lib/server/assessments/cycle/read-cycle.ts';
import { enterGrade } from '#lib/server/assessments/grades/enter-grade.ts';
import { commitGrades, getGradeSheet, readGradeSheet } from '#lib/server/assessments/grades/import-grades.ts';
import { readGrades } from '#lib/server/assessments/grades/read-grades.ts';
import { getResult } from '#lib/server/assessments/read-result.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aDuty, aResult } from '#tests/factories/assessments.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const sheetOf = (...lines: string[]) => ({
	...{ fileName: '等次.csv', document: '示人社考〔2026〕1号', decidedOn: '2026-11-20' },
	file: Buffer.from(['考核等次表', '工号,姓名,年度考核等次', ...lines].join('\n'))
});

/** Three people of a unit in a closed year, one of them of HR. */
async function aYear(ctx: Context) {
	const unit = await aUnit(ctx);
	const people = [];
	for (const name of ['陈知微', '程未央', '何以安']) people.push(await aPerson(ctx, { unit, name }));
	const [first, second, office] = people as [(typeof people)[number], (typeof people)[number], (typeof people)[number]];
	for (const person of [second, office]) await aDuty(ctx, person, 2026);
	const result = await aResult(ctx, { person: first, year: 2026, state: 'closed' });
	return { unit, first, second, office, result, hr: as(ctx, office.id, { role: 'hr', unit }) };
}

test('every row of the sheet gets its verdict, and what can be written is written once, with its document', async ({
	ctx
}) => {
	const { first, second, office, result, hr } = await aYear(ctx);
	const stranger = await aPerson(ctx);
	const sheet = sheetOf(
		`${first.staffNumber.toLowerCase()},陈知微,优秀`,
		`${second.staffNumber},别的名字,称职`,
		`${second.staffNumber},程未央,良好`,
		`${first.staffNumber},陈知微,称职`,
		`${office.staffNumber},何以安,优秀`,
		`${stranger.staffNumber},${stranger.name},称职`,
		`${second.staffNumber},程未央,`
	);
	const id = await readGradeSheet(hr, result.cycleId, sheet);
	const { rows } = await getGradeSheet(hr, result.cycleId, id);
	expect(rows.map(({ row, problem }) => [row, problem])).toEqual([
		[3, null],
		[4, 'other-name'],
		[5, 'unknown-grade'],
		[6, 'twice'],
		[7, 'own'],
		[8, 'unknown-person']
	]);
	expect(await ctx.db.$count(annualGrades)).toBe(0);

	const act = { cycle: result.cycleId, import: id, all: false };
	expect(await commitGrades(hr, act)).toBe(1);
	await expect(commitGrades(hr, act)).rejects.toThrow('grades.committed');
	expect((await getResult(hr, result.id)).grade).toMatchObject({
		...{ grade: 'excellent', document: sheet.document, decidedOn: '2026-11-20', source: 'import', because: null }
	});
	expect(await ctx.db.$count(annualGrades)).toBe(1);
});

test('another sheet replaces a grade with its document as the reason; the same one again writes nothing', async ({
	ctx
}) => {
	const { first, result, hr } = await aYear(ctx);
	const bring = async (grade: string, document: string, minutes: number) => {
		const later = { ...hr, now: new Date(hr.now.getTime() + minutes * 60_000) };
		const sheet = { ...sheetOf(`${first.staffNumber},,${grade}`), document };
		const act = { cycle: result.cycleId, import: await readGradeSheet(later, result.cycleId, sheet), all: false };
		return commitGrades(later, act);
	};
	await bring('称职', '示人社考〔2026〕1号', 0);
	await bring('优秀', '示人社考〔2026〕7号', 1);
	await expect(bring('优秀', '示人社考〔2026〕8号', 2)).rejects.toThrow('grades.nothing');
	const { grade } = await getResult(hr, result.id);
	expect(grade).toMatchObject({ grade: 'excellent', because: '示人社考〔2026〕7号' });
	const kept = await ctx.db.select().from(annualGrades).where(eq(annualGrades.personId, first.id));
	expect(kept).toHaveLength(2);
});

test('a sheet is looked at by whoever brought it, and brought by whoever enters grades there', async ({ ctx }) => {
	const { first, result, hr, unit } = await aYear(ctx);
	const id = await readGradeSheet(hr, result.cycleId, sheetOf(`${first.staffNumber},,称职`));
	const other = as(ctx, (await aPerson(ctx, { unit })).id, { role: 'hr', unit });
	await expect(getGradeSheet(other, result.cycleId, id)).rejects.toThrow('import.not-found');
	const elsewhere = as(ctx, (await aPerson(ctx)).id, { role: 'hr', unit: await aUnit(ctx) });
	await expect(readGradeSheet(elsewhere, result.cycleId, sheetOf())).rejects.toThrow('cycle.not-found');
	const liaison = as(ctx, other.actor.personId, { role: 'liaison', unit });
	expect((await getCycle(liaison, result.cycleId)).id).toBe(result.cycleId);
	await expect(getWholeCycle(liaison, result.cycleId, 'grade:edit')).rejects.toThrow('cycle.not-found');
	await expect(getWholeCycle(hr, 'no-id', 'grade:edit')).rejects.toThrow('cycle.not-found');
});

test('a sheet without its columns is refused; words of both languages are known', async () => {
	await expect(readGrades(Buffer.from('工号,姓名\nA1,某某'))).rejects.toThrow('grades.no-columns');
	const read = await readGrades(Buffer.from('Staff number,Grade\nA1,Basically competent\nA2,基本合格\nA3,？'));
	expect(read.map(({ grade }) => grade)).toEqual(['basically-competent', 'basically-competent', null]);
});

test('a grade typed by hand takes a reason to replace another, and is never one’s own', async ({ ctx }) => {
	const { result, hr, first, unit } = await aYear(ctx);
	const typed = {
		cycle: result.cycleId,
		resultId: result.id,
		grade: 'competent' as const,
		document: '通报',
		decidedOn: '2026-11-20',
		because: ''
	};
	await enterGrade(hr, typed);
	await expect(enterGrade(hr, typed)).rejects.toThrow('grade.same');
	await expect(enterGrade(hr, { ...typed, grade: 'excellent' })).rejects.toThrow('grade.reason-needed');
	await enterGrade(hr, { ...typed, grade: 'excellent', because: '复核更正' });
	const own = as(ctx, first.id, { role: 'hr', unit });
	await expect(enterGrade(own, { ...typed, grade: 'incompetent', because: '自评' })).rejects.toThrow('access.own-case');
});
