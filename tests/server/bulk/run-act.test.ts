import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { and, eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { bulkActRows, bulkActs } from '#db/schema/bulk.ts';
import { people, posts } from '#db/schema/people.ts';
import { assignments, obligations } from '#db/schema/programmes.ts';
import '#lib/server/jobs/subscriptions.ts';
import { beginAct, discardAct, undoAct } from '#lib/server/bulk/decide-act.ts';
import { prepareAct } from '#lib/server/bulk/prepare-act.ts';
import { countRows, getAct } from '#lib/server/bulk/queries.ts';
import { resumeActs, runAct } from '#lib/server/bulk/run-act.ts';
import type { Context, SignedIn } from '#lib/server/platform/context.ts';
import { aCompletion, aCourse } from '#tests/factories/courses.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { aGrant, as, aUnit, type Unit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

async function aCounty(ctx: Context, many = 3) {
	const unit = await aUnit(ctx);
	const hr = await aPerson(ctx, { unit });
	await aGrant(ctx, hr.id, 'hr', unit);
	const staff: Person[] = [];
	while (staff.length < many) staff.push(await aPerson(ctx, { unit }));
	return { unit, staff, own: as(ctx, hr.id, { role: 'hr', unit }) };
}

async function aPreparedMove(own: SignedIn, unit: Unit) {
	const to = await aUnit(own, { below: unit });
	const values = { unitId: to.id, startsOn: '2026-11-23', document: null };
	return {
		to,
		act: await prepareAct(own, { kind: 'move', list: 'people', filter: `unit=${unit.id}&only=on`, ...values })
	};
}

const transfers = ({ db }: Context) => db.select().from(posts).where(eq(posts.kind, 'transfer'));

test('does it for everybody once, however often it runs, and writes down the decision', async ({ ctx }) => {
	const { unit, staff, own } = await aCounty(ctx);
	const { to, act } = await aPreparedMove(own, unit);
	await beginAct(own, { act });
	await runAct(ctx, act);
	await runAct(ctx, act);
	expect((await transfers(ctx)).map(({ personId }) => personId).sort()).toEqual(staff.map(({ id }) => id).sort());
	expect(await ctx.db.$count(people, eq(people.unitId, to.id))).toBe(3);
	expect(await getAct(own, act)).toMatchObject({ state: 'done', finishedAt: ctx.now });
	expect(await countRows(ctx, act)).toMatchObject({ done: 3, refused: 1 });
	const lines = await ctx.db
		.select({ action: auditEntries.action, actorId: auditEntries.actorId })
		.from(auditEntries)
		.where(eq(auditEntries.subjectId, act));
	expect(lines).toEqual([
		{ action: 'bulk.begun', actorId: own.actor.personId },
		{ action: 'bulk.done', actorId: own.actor.personId }
	]);
});

test('what has changed since the preview is refused, and keeps nobody else back', async ({ ctx }) => {
	const { unit, staff, own } = await aCounty(ctx);
	const { act } = await aPreparedMove(own, unit);
	await ctx.db.update(people).set({ status: 'retired', leftOn: '2026-11-01' }).where(eq(people.id, staff[1]!.id));
	await beginAct(own, { act });
	await runAct(ctx, act);
	const refused = await ctx.db
		.select({ personId: bulkActRows.personId, error: bulkActRows.error })
		.from(bulkActRows)
		.where(and(eq(bulkActRows.actId, act), eq(bulkActRows.error, 'bulk.not-serving')));
	expect(refused).toEqual([{ personId: staff[1]!.id, error: 'bulk.not-serving' }]);
	expect(await transfers(ctx)).toHaveLength(2);
});

test('what cannot even be judged ends all the same, and says so', async ({ freshDatabase }) => {
	const { ctx } = await freshDatabase();
	const { unit, own } = await aCounty(ctx);
	const { act } = await aPreparedMove(own, unit);
	await beginAct(own, { act });
	await ctx.db.update(bulkActs).set({ values: {} }).where(eq(bulkActs.id, act));
	await runAct(ctx, act);
	expect(await getAct(own, act)).toMatchObject({ state: 'done' });
	expect(await countRows(ctx, act)).toMatchObject({ done: 0, refused: 4 });
});

test('whoever has lost the role meanwhile does nothing any more', async ({ ctx }) => {
	const { unit, own } = await aCounty(ctx);
	const { act } = await aPreparedMove(own, unit);
	await beginAct(own, { act });
	await ctx.db.execute(sql`update grants set revoked_at = ${ctx.now} where person_id = ${own.actor.personId}`);
	await runAct(ctx, act);
	expect(await transfers(ctx)).toEqual([]);
	expect(await countRows(ctx, act)).toMatchObject({ done: 0, refused: 4 });
});

test('an assigned course is one assignment; taken back, it stays where it was completed', async ({ ctx }) => {
	const { unit, staff, own } = await aCounty(ctx);
	const course = await aCourse(ctx, { lessons: 1 });
	const values = { courseId: course.id, dueOn: '2026-12-31', reason: '年度学习' };
	const act = await prepareAct(own, { kind: 'assign-course', list: 'people', filter: `unit=${unit.id}`, ...values });
	await beginAct(own, { act });
	await runAct(ctx, act);
	expect(await ctx.db.$count(assignments)).toBe(1);
	expect(await ctx.db.$count(obligations)).toBe(4);

	const { id: completionId } = await aCompletion(ctx, { person: staff[0]!, course });
	await ctx.db
		.update(obligations)
		.set({ completedAt: ctx.now, completionId })
		.where(eq(obligations.personId, staff[0]!.id));
	await undoAct(own, { act, reason: '布置有误' });
	await runAct(ctx, act);
	expect(await countRows(ctx, act)).toMatchObject({ undone: 2, done: 2 }); // what is completed stays, and one's own
	expect(await ctx.db.$count(obligations, eq(obligations.withdrawnBecause, '布置有误'))).toBe(2);
	await expect(undoAct(own, { act, reason: '再次' })).rejects.toThrow('bulk.not-undoable');
});

test('it can be taken back for seven days, and only where that is possible', async ({ ctx }) => {
	const { unit, own } = await aCounty(ctx);
	const { act } = await aPreparedMove(own, unit);
	await expect(undoAct(own, { act, reason: '有误' })).rejects.toThrow('bulk.not-undoable');
	await beginAct(own, { act });
	await runAct(ctx, act);
	await expect(undoAct(own, { act, reason: '有误' })).rejects.toThrow('bulk.not-undoable');

	const values = { courseId: (await aCourse(ctx)).id, dueOn: '2026-12-31', reason: '年度学习' };
	const course = await prepareAct(own, { kind: 'assign-course', list: 'people', filter: '', ...values });
	await beginAct(own, { act: course });
	await runAct(ctx, course);
	const later = { ...own, now: new Date(ctx.now.getTime() + 7 * 86_400_000) };
	await expect(undoAct(later, { act: course, reason: '有误' })).rejects.toThrow('bulk.not-undoable');
});

test('only its author begins or discards it, once; others within reach see it', async ({ ctx }) => {
	const { unit, own } = await aCounty(ctx);
	const { act } = await aPreparedMove(own, unit);
	const colleague = as(ctx, (await aPerson(ctx, { unit })).id, { role: 'hr', unit });
	await expect(beginAct(colleague, { act })).rejects.toThrow('bulk.not-found');
	expect(await getAct(colleague, act)).toMatchObject({ state: 'previewed' });
	const stranger = as(ctx, (await aPerson(ctx)).id, { role: 'hr', unit: await aUnit(ctx) });
	await expect(getAct(stranger, act)).rejects.toThrow('bulk.not-found');

	await discardAct(own, { act });
	expect(await ctx.db.$count(bulkActs)).toBe(0);
	const again = (await aPreparedMove(own, unit)).act;
	await beginAct(own, { act: again });
	await expect(beginAct(own, { act: again })).rejects.toThrow('bulk.begun');
	await expect(discardAct(own, { act: again })).rejects.toThrow('bulk.begun');
});

test('a process killed in the middle loses nobody, and does nobody twice', async ({ freshDatabase }) => {
	const { ctx, url } = await freshDatabase();
	const { unit, staff, own } = await aCounty(ctx, 120);
	const { act } = await aPreparedMove(own, unit);
	await beginAct(own, { act });

	const worker = spawn(process.execPath, [path.join(import.meta.dirname, 'one-worker.ts'), url, act], {
		stdio: 'inherit'
	});
	while ((await countRows(ctx, act)).done === 0) {
		expect(worker.exitCode).toBe(null);
		await wait(5);
	}
	worker.kill('SIGKILL');
	await once(worker, 'exit');
	const { done } = await countRows(ctx, act);
	expect(done).toBeGreaterThan(0);
	expect(done).toBeLessThan(staff.length);
	expect(await transfers(ctx)).toHaveLength(done);

	await resumeActs(ctx);
	await resumeActs(ctx);
	const { rows: queued } = await ctx.db.execute(
		sql`select 1 from graphile_worker.jobs where key = ${`bulk.run ${act}`}`
	);
	expect(queued).toHaveLength(1);
	await Promise.all([runAct(ctx, act), runAct(ctx, act)]);
	await runAct(ctx, act);
	expect(await getAct(own, act)).toMatchObject({ state: 'done' });
	expect((await transfers(ctx)).map(({ personId }) => personId).sort()).toEqual(staff.map(({ id }) => id).sort());
});
