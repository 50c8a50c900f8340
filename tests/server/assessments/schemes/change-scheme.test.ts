import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { assessmentSchemes } from '#db/schema/assessment-schemes.ts';
import {
	adoptScheme,
	changeScheme,
	createScheme,
	discardScheme
} from '#lib/server/assessments/schemes/change-scheme.ts';
import { getScheme, listAdopted, listSchemes } from '#lib/server/assessments/schemes/read-scheme.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aCycle, byCourses } from '#tests/factories/assessments.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const anOffice = async (ctx: Context) => as(ctx, (await aPerson(ctx)).id, { role: 'hr', unit: await theProvince(ctx) });
const everybody = { ranks: [], levels: [], establishments: [], leading: null };

test('a copy takes the place of the scheme in force once it is adopted, which stays as it was', async ({ ctx }) => {
	const hr = await anOffice(ctx);
	const first = await createScheme(hr, { year: 2030, from: '' });
	await adoptScheme(hr, { scheme: first });
	await expect(adoptScheme(hr, { scheme: first })).rejects.toThrow('scheme.adopted');

	const second = await createScheme(hr, { year: 2030, from: first });
	const written = { name: '2030年度学法考核方案（修订）', basis: '示人社〔2030〕1号', position: 1, group: everybody };
	await changeScheme(hr, { scheme: second, ...written, rule: byCourses });
	expect((await listAdopted(ctx, 2030)).map(({ id }) => id)).toEqual([first]);
	await adoptScheme(hr, { scheme: second });
	expect((await listAdopted(ctx, 2030)).map(({ id, rule }) => [id, rule])).toEqual([[second, byCourses]]);
	expect((await getScheme(hr, first)).state).toBe('replaced');
	await expect(changeScheme(hr, { scheme: second, ...written, rule: byCourses })).rejects.toThrow('scheme.adopted');
	await expect(discardScheme(hr, { scheme: second })).rejects.toThrow('scheme.adopted');

	const next = await createScheme(hr, { year: 2031, from: second });
	expect(await getScheme(hr, next)).toMatchObject({
		name: '2031年度学法考核方案（修订）',
		followsId: null,
		rule: byCourses
	});
});

test('weight for hours takes a document that permits it, whichever way the rule comes', async ({ ctx }) => {
	const hr = await anOffice(ctx);
	const scheme = await createScheme(hr, { year: 2030, from: '' });
	const hours = { kind: 'hours' as const, weight: 100, cap: null, basis: '', full: 40 };
	const written = { scheme, name: '方案', basis: '文件', position: 1, group: everybody };
	await expect(changeScheme(hr, { ...written, rule: { ...byCourses, components: [hours] } })).rejects.toThrow(
		'scheme.weight-not-permitted'
	);
	const permitted = { ...byCourses, components: [{ ...hours, permit: '示人社函〔2030〕5号' }] };
	await changeScheme(hr, { ...written, rule: permitted });
	expect((await getScheme(hr, scheme)).rule).toEqual(permitted);
});

test('two for one place are refused, and so is another once results of the year are published', async ({ ctx }) => {
	const hr = await anOffice(ctx);
	const [one, other] = [
		await createScheme(hr, { year: 2026, from: '' }),
		await createScheme(hr, { year: 2026, from: '' })
	];
	await ctx.db.update(assessmentSchemes).set({ position: 1 }).where(eq(assessmentSchemes.id, other));
	await adoptScheme(hr, { scheme: one });
	await expect(adoptScheme(hr, { scheme: other })).rejects.toThrow('scheme.position-taken');
	await ctx.db.update(assessmentSchemes).set({ position: 2 }).where(eq(assessmentSchemes.id, other));
	await aCycle(ctx, { unit: await aUnit(ctx), year: 2026, state: 'published' });
	await expect(adoptScheme(hr, { scheme: other })).rejects.toThrow('scheme.year-published');
	await discardScheme(hr, { scheme: other });
	expect((await listSchemes(hr)).map(({ id }) => id)).not.toContain(other);
});
