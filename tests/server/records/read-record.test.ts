import { expect } from 'vitest';
import { readOwnRecord } from '#lib/server/records/read-record.ts';
import { addressOf, aTry } from '#tests/factories/checks.ts';
import { aCourse } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

test('holds what was completed, in which unit and version, and the hours of each year', async ({ ctx }) => {
	const unit = await aUnit(ctx, { name: '劳动关系处' });
	const reader = as(ctx, (await aPerson(ctx, { unit })).id);
	const [whole, part] = [await aCourse(ctx, { lessons: 1, hours: 1.5 }), await aCourse(ctx, { lessons: 2 })];
	for (const course of [whole, part]) await aTry(reader, addressOf(course));

	const record = await readOwnRecord(reader);
	expect(record).toMatchObject({
		year: 2026,
		courses: [
			{
				slug: whole.slug,
				unit: '劳动关系处',
				version: 1,
				hours: 1.5,
				completedAt: expect.stringContaining('2026-11-23T02:00:00')
			}
		],
		years: [{ year: 2026, hours: 1.5, entries: [{ course: whole.slug, category: 'required', isReversal: false }] }]
	});
	expect(record.lessons.map(({ course }) => course).sort()).toEqual([whole.slug, part.slug].sort());
	expect(record.lessons[0]?.lessons).toMatchObject([{ slug: 'lesson-1', unit: '劳动关系处', version: 1 }]);
});

test('shows nothing of others', async ({ ctx }) => {
	const course = await aCourse(ctx, { lessons: 1 });
	await aTry(as(ctx, (await aPerson(ctx)).id), addressOf(course));
	const other = as(ctx, (await aPerson(ctx)).id);
	expect(await readOwnRecord(other)).toMatchObject({
		...{ year: 2026, courses: [], lessons: [], results: [] },
		years: [{ year: 2026, hours: 0, entries: [] }]
	});
});
