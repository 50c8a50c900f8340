import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { bulkActRows } from '#db/schema/bulk.ts';
import { obligations } from '#db/schema/programmes.ts';
import { listRows } from '#lib/server/bulk/queries.ts';
import { prepareAct } from '#lib/server/bulk/prepare-act.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aCompletion, aCourse } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const rowsOf = ({ db }: Context, actId: string) =>
	db.select().from(bulkActRows).where(eq(bulkActRows.actId, actId)).orderBy(bulkActRows.position);

async function aCounty(ctx: Context) {
	const unit = await aUnit(ctx);
	const hr = await aPerson(ctx, { unit });
	return { unit, hr, own: as(ctx, hr.id, { role: 'hr', unit }) };
}

test('it concerns everybody whom the filter leaves, and says for whom it cannot be done, and why', async ({ ctx }) => {
	const { unit, hr, own } = await aCounty(ctx);
	const [ready, done] = [await aPerson(ctx, { unit }), await aPerson(ctx, { unit })];
	await aPerson(ctx, { unit: await aUnit(ctx) });
	const course = await aCourse(ctx, { lessons: 1 });
	await aCompletion(ctx, { person: done, course });
	const values = { courseId: course.id, dueOn: '2026-12-31', reason: '年度学习' };
	const id = await prepareAct(own, { kind: 'assign-course', list: 'people', filter: `unit=${unit.id}`, ...values });
	const rows = await rowsOf(ctx, id);
	expect(new Map(rows.map(({ personId, error }) => [personId, error]))).toEqual(
		new Map([
			[hr.id, null],
			[ready.id, null],
			[done.id, 'bulk.completed-already']
		])
	);
	expect((await listRows(own, id, { show: 'refused' })).rows).toMatchObject([{ personId: done.id }]);
	expect(await ctx.db.$count(obligations)).toBe(0);
});

test('those picked by hand are the only ones it concerns', async ({ ctx }) => {
	const { unit, own } = await aCounty(ctx);
	const [picked] = [await aPerson(ctx, { unit }), await aPerson(ctx, { unit })];
	const filter = `unit=${unit.id}&id=${picked.id}`;
	const other = await aUnit(ctx, { below: unit });
	const values = { unitId: other.id, startsOn: '2026-12-01', document: null };
	const id = await prepareAct(own, { kind: 'move', list: 'people', filter, ...values });
	expect(await rowsOf(ctx, id)).toMatchObject([{ personId: picked.id, state: 'waiting' }]);
});

test('nobody decides about themselves, and nobody beyond their reach is on the list', async ({ ctx }) => {
	const { unit, hr, own } = await aCounty(ctx);
	const other = await aUnit(ctx, { below: unit });
	const values = { unitId: other.id, startsOn: '2026-12-01', document: null };
	const id = await prepareAct(own, { kind: 'move', list: 'people', filter: '', ...values });
	expect(await rowsOf(ctx, id)).toMatchObject([{ personId: hr.id, error: 'access.own-case' }]);
});

test('refuses an empty list, a list that is not its own, and whoever may not do it', async ({ ctx }) => {
	const { unit, own } = await aCounty(ctx);
	const values = { unitId: unit.id, startsOn: '2026-12-01', document: null };
	const move = { kind: 'move', list: 'people', filter: 'q=没有这个人', ...values } as const;
	await expect(prepareAct(own, move)).rejects.toThrow('bulk.nobody');
	await expect(prepareAct(own, { ...move, list: 'trainings' })).rejects.toThrow('field.invalid');
	const leader = as(ctx, (await aPerson(ctx)).id, { role: 'leader', unit });
	await expect(prepareAct(leader, move)).rejects.toThrow('access.forbidden');
});
