import { bulkActRows, bulkActs } from '#db/schema/bulk.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aCourse } from './courses.ts';
import { aPerson, type Person } from './people.ts';
import { aUnit, type Unit } from './units.ts';

type Values = Partial<typeof bulkActs.$inferInsert> & { unit?: Unit; by?: Person; people?: Person[] };

/** An act on many as it was prepared: a course for somebody of the unit, unless told otherwise. */
export async function aBulkAct(ctx: Context, { unit, by, people, ...values }: Values = {}) {
	const place = unit ?? (await aUnit(ctx));
	const concerned = people ?? [await aPerson(ctx, { unit: place })];
	const filled = { courseId: (await aCourse(ctx, { lessons: 1 })).id, dueOn: '2026-12-31', reason: '年度学习' };
	const [act] = await ctx.db
		.insert(bulkActs)
		.values({
			id: newId(),
			kind: 'assign-course',
			list: 'people',
			filter: `unit=${place.id}`,
			values: filled,
			unitId: place.id,
			createdBy: (by ?? (await aPerson(ctx, { unit: place }))).id,
			createdAt: ctx.now,
			...values
		})
		.returning();
	await ctx.db
		.insert(bulkActRows)
		.values(concerned.map(({ id }, index) => ({ actId: act!.id, position: index + 1, targetId: id, personId: id })));
	return act!;
}
