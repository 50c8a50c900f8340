import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { obligations } from '#db/schema/programmes.ts';
import { promotions } from '#db/schema/promotions.ts';
import '#lib/server/jobs/subscriptions.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { cancelCase } from '#lib/server/promotions/cancel-case.ts';
import { aCompletion, aCourse } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { anObligation } from '#tests/factories/programmes.ts';
import { aPromotion } from '#tests/factories/promotions.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

async function anOffice(base: Context) {
	const province = await theProvince(base);
	return as(base, (await aPerson(base, { unit: province })).id, { role: 'hr', unit: province });
}
const because = '任免文件已撤销';
const dutiesOf = ({ db }: Context, personId: string) =>
	db
		.select()
		.from(obligations)
		.where(eq(obligations.personId, personId))
		.orderBy(obligations.createdAt, obligations.id);

test('a cancelled case takes its open duties back and says why', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const person = await aPerson(ctx);
	const { id } = await aPromotion(ctx, { person, courses: [await aCourse(ctx)] });
	await cancelCase(ctx, { promotionId: id, because });

	expect(await ctx.db.select().from(promotions).where(eq(promotions.id, id))).toMatchObject([
		{ cancelledAt: ctx.now, cancelledBecause: because }
	]);
	expect(await dutiesOf(ctx, person.id)).toMatchObject([{ withdrawnAt: ctx.now, withdrawnBecause: because }]);
	const entries = await ctx.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id));
	expect(entries).toMatchObject([
		{ action: 'promotion.cancelled', actorId: ctx.actor.personId, details: { personId: person.id } }
	]);
	await expect(cancelCase(ctx, { promotionId: id, because })).rejects.toThrow('promotion.over');
});

test('an assignment that the promotion had brought forward gets its own date again', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const [person, course] = [await aPerson(ctx), await aCourse(ctx)];
	await anObligation(ctx, { person, course, dueOn: '2027-12-31' });
	const { id } = await aPromotion(ctx, { person, courses: [course] });
	expect(await dutiesOf(ctx, person.id)).toMatchObject([{ dueOn: '2027-03-01' }]);

	await cancelCase(ctx, { promotionId: id, because });
	expect(await dutiesOf(ctx, person.id)).toMatchObject([{ dueOn: '2027-12-31', withdrawnAt: null }]);
});

test('what another promotion of the same person needs stays owed', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const [person, course] = [await aPerson(ctx), await aCourse(ctx)];
	const first = await aPromotion(ctx, { person, courses: [course], dueOn: '2027-03-01' });
	const second = await aPromotion(ctx, { person, courses: [course], dueOn: '2027-09-01' });
	await cancelCase(ctx, { promotionId: first.id, because });

	const open = (await dutiesOf(ctx, person.id)).filter(({ withdrawnAt }) => withdrawnAt === null);
	expect(open).toMatchObject([{ promotionId: second.id, dueOn: '2027-09-01' }]);
});

test('a completed case is not cancelled, and what was learnt stays', async ({ ctx: base }) => {
	const ctx = await anOffice(base);
	const [person, course] = [await aPerson(ctx), await aCourse(ctx)];
	const { id } = await aPromotion(ctx, { person, courses: [course], completedAt: ctx.now });
	await aCompletion(ctx, { person, course });
	await expect(cancelCase(ctx, { promotionId: id, because })).rejects.toThrow('promotion.over');
});

test('nobody cancels their own case, or one out of reach', async ({ ctx: base }) => {
	const [own, other] = [await aUnit(base), await aUnit(base)];
	const person = await aPerson(base, { unit: own });
	const ctx = as(base, person.id, { role: 'hr', unit: own });
	const [mine, far] = [await aPromotion(base, { person }), await aPromotion(base, { unit: other })];

	await expect(cancelCase(ctx, { promotionId: mine.id, because })).rejects.toThrow('access.own-case');
	await expect(cancelCase(ctx, { promotionId: far.id, because })).rejects.toThrow('promotion.not-found');
	const leader = as(base, (await aPerson(base, { unit: own })).id, { role: 'leader', unit: own });
	await expect(cancelCase(leader, { promotionId: mine.id, because })).rejects.toThrow('promotion.not-found');
});
