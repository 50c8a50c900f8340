import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { notifications } from '#db/schema/notifications.ts';
import { recordCorrections } from '#db/schema/records.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { answerCorrection, askCorrection, withdrawCorrection } from '#lib/server/records/corrections.ts';
import { countCorrections, listCorrections, listOwnCorrections } from '#lib/server/records/queries.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { aGrant, as, aUnit, type Unit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const request = { part: 'events' as const, what: '9月培训班记为缺席，应为参加', why: '签到表第3页' };

/** Somebody of a unit, and whoever holds HR there. */
async function anOffice(ctx: Context) {
	const unit = await aUnit(ctx);
	const [owner, hr] = [await aPerson(ctx, { unit, name: '沈知微' }), await aPerson(ctx, { unit })];
	await aGrant(ctx, hr.id, 'hr', unit);
	const self = { ...as(ctx, owner.id), actor: { personId: owner.id, unitPath: unit.path, grants: [] } };
	return { unit, owner, self, hr: as(ctx, hr.id, { role: 'hr', unit }) };
}

const told = async ({ db }: Context, { id }: Pick<Person, 'id'>) =>
	(await db.select().from(notifications).where(eq(notifications.personId, id))).map(({ kind }) => kind);

test('HR of the unit is told, answers with a reason, and the person is told once', async ({ ctx }) => {
	const { owner, self, hr } = await anOffice(ctx);
	const correctionId = await askCorrection(self, request);
	expect(await told(ctx, { id: hr.actor.personId })).toEqual(['correction_asked']);
	expect((await listCorrections(hr)).rows).toMatchObject([{ name: '沈知微', ...request, state: 'asked' }]);

	await answerCorrection(hr, { correctionId, decision: 'accept', because: '签到表属实，已更正' });
	expect(await told(ctx, owner)).toEqual(['correction_accepted']);
	expect(await listOwnCorrections(self)).toMatchObject([{ state: 'accepted', because: '签到表属实，已更正' }]);
	expect(await countCorrections(hr)).toEqual({ asked: 0, accepted: 1, refused: 0, withdrawn: 0 });
	const lines = await ctx.db.select().from(auditEntries).where(eq(auditEntries.subjectId, correctionId));
	expect(lines.map(({ action }) => action).sort()).toEqual(['correction.accepted', 'correction.asked']);
	const again = answerCorrection(hr, { correctionId, decision: 'refuse', because: '再看' });
	await expect(again).rejects.toThrow('correction.answered');
});

test('nobody answers their own, or beyond their reach', async ({ ctx }) => {
	const { unit, self, owner } = await anOffice(ctx);
	const correctionId = await askCorrection(self, request);
	const answer = (ctx: Parameters<typeof answerCorrection>[0]) =>
		answerCorrection(ctx, { correctionId, decision: 'accept', because: '是' });
	await expect(answer(as(ctx, owner.id, { role: 'hr', unit }))).rejects.toThrow('access.own-case');
	await expect(answer(await holder(ctx, 'hr', await aUnit(ctx)))).rejects.toThrow('correction.not-found');
	await expect(answer(await holder(ctx, 'liaison', unit))).rejects.toThrow('correction.not-found');
	await expect(async () => listCorrections(await holder(ctx, 'liaison', unit))).rejects.toThrow('access.forbidden');
});

const holder = async (ctx: Context, role: 'hr' | 'liaison', unit: Unit) =>
	as(ctx, (await aPerson(ctx)).id, { role, unit });

test('is withdrawn by its owner alone, while it waits', async ({ ctx }) => {
	const { self, hr } = await anOffice(ctx);
	const correctionId = await askCorrection(self, request);
	await expect(withdrawCorrection(as(ctx, (await aPerson(ctx)).id), { correctionId })).rejects.toThrow(
		'correction.not-found'
	);
	await withdrawCorrection(self, { correctionId });
	await expect(withdrawCorrection(self, { correctionId })).rejects.toThrow('correction.answered');
	expect((await listCorrections(hr)).rows).toEqual([]);
});

test('more than twenty that wait are too many', async ({ ctx }) => {
	const { self } = await anOffice(ctx);
	for (let made = 0; made < 20; made++) await askCorrection(self, request);
	await expect(askCorrection(self, request)).rejects.toThrow('correction.too-many-open');
});

test('what was answered stays answered, in the database too', async ({ ctx }) => {
	const { self, hr } = await anOffice(ctx);
	const correctionId = await askCorrection(self, request);
	await answerCorrection(hr, { correctionId, decision: 'refuse', because: '与签到表不符' });
	const changed = ctx.db
		.transaction((db) => db.update(recordCorrections).set({ because: '改口' }))
		.catch((error: { cause?: Error }) => String(error.cause?.message));
	expect(await changed).toContain('never changed');
});
