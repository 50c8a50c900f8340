import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { notifications } from '#db/schema/notifications.ts';
import { exemptions, obligations } from '#db/schema/programmes.ts';
import '#lib/server/jobs/subscriptions.ts';
import { refreshRollups } from '#lib/server/completion/refresh-rollups.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { assign } from '#lib/server/programmes/assign.ts';
import { approveExemptions } from '#lib/server/programmes/exemptions/approve-exemptions.ts';
import { askExemption } from '#lib/server/programmes/exemptions/ask-exemption.ts';
import { decideExemption } from '#lib/server/programmes/exemptions/decide-exemption.ts';
import { endExemption, endOverExemptions } from '#lib/server/programmes/exemptions/end-exemption.ts';
import { listExemptions, listOwnExemptions, readExemptionProof } from '#lib/server/programmes/exemptions/queries.ts';
import { tellUnits } from '#lib/server/programmes/tell-units.ts';
import { withdrawRequest } from '#lib/server/programmes/exemptions/withdraw-request.ts';
import { aCourse } from '#tests/factories/courses.ts';
import { anExemption } from '#tests/factories/exemptions.ts';
import { aPdf } from '#tests/factories/files.ts';
import { aPerson } from '#tests/factories/people.ts';
import { anAssignment, anObligation } from '#tests/factories/programmes.ts';
import { aGrant, as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const proof = { name: '诊断证明.pdf', bytes: aPdf() };
const request = {
	personId: null,
	obligationId: null,
	kind: 'exemption',
	ground: 'illness',
	reason: '术后休养，医嘱不宜久坐',
	until: null
} as const;
const yes = { decision: 'approve', because: null } as const;
const later = <Ctx extends Context>(ctx: Ctx, date: string): Ctx => ({ ...ctx, now: new Date(`${date}T02:00:00Z`) });

/** Somebody who owes a course by the end of the year, with HR and a liaison of their unit. */
async function aCase(base: Context) {
	const unit = await aUnit(base);
	const [person, hr, liaison] = [
		await aPerson(base, { unit }),
		await aPerson(base, { unit }),
		await aPerson(base, { unit })
	];
	await aGrant(base, hr.id, 'hr', unit);
	const obligation = await anObligation(base, {
		person,
		assignment: await anAssignment(base, { unit, by: hr, dueOn: '2026-12-31' })
	});
	return {
		...{ unit, person, obligation },
		own: as(base, person.id),
		hr: as(base, hr.id, { role: 'hr', unit }),
		liaison: as(base, liaison.id, { role: 'liaison', unit })
	};
}

const read = async ({ db }: Context, id: string) =>
	(await db.select().from(obligations).where(eq(obligations.id, id)))[0]!;
const told = async ({ db }: Context, personId: string) =>
	(
		await db
			.select({ kind: notifications.kind })
			.from(notifications)
			.where(eq(notifications.personId, personId))
			.orderBy(notifications.createdAt)
	).map(({ kind }) => kind);

test('an approved request exempts its duty, and everybody concerned is told', async ({ ctx }) => {
	const { own, hr, obligation } = await aCase(ctx);
	const exemptionId = await askExemption(own, { ...request, obligationId: obligation.id }, proof);
	expect(await told(ctx, hr.actor.personId)).toEqual(['exemption_asked']);

	await decideExemption(hr, { exemptionId, ...yes });
	expect(await read(ctx, obligation.id)).toMatchObject({ exemptionId, exemptAt: ctx.now });
	expect(await told(ctx, own.actor.personId)).toEqual(['exemption_approved']);
	await expect(decideExemption(hr, { exemptionId, ...yes })).rejects.toThrow('exemption.decided');
});

test('who is exempt from everything is exempt from what comes up as well, until it ends', async ({ ctx }) => {
	const { own, hr, person, obligation } = await aCase(ctx);
	const exemptionId = await askExemption(own, { ...request, until: '2027-03-31' }, proof);
	await decideExemption(hr, { exemptionId, ...yes });

	const course = await aCourse(ctx, { lessons: 1, pool: () => [] });
	const terms = { courseId: course.id, dueOn: '2027-06-30', reason: '年度计划' };
	const { assignmentId } = await assign(hr, { ...terms, personIds: [person.id], unitIds: [], subtree: false });
	const [fresh] = await ctx.db.select().from(obligations).where(eq(obligations.assignmentId, assignmentId));
	expect(fresh).toMatchObject({ exemptionId });

	expect(await endOverExemptions(later(ctx, '2027-03-31'))).toBe(0);
	expect(await endOverExemptions(later(ctx, '2027-04-02'))).toBe(1);
	expect(await endOverExemptions(later(ctx, '2027-04-02'))).toBe(0);
	expect((await read(ctx, fresh!.id)).exemptAt).toBeNull();
	expect((await read(ctx, obligation.id)).exemptionId, 'what fell due while it held').toBe(exemptionId);
});

test('an exemption that was granted wrongly leaves everything owed again', async ({ ctx }) => {
	const { own, hr, obligation } = await aCase(ctx);
	const exemptionId = await askExemption(own, request, proof);
	await decideExemption(hr, { exemptionId, ...yes });
	await endExemption(later(hr, '2027-02-01'), { exemptionId, whole: true, because: '证明有误' });
	expect((await read(ctx, obligation.id)).exemptAt).toBeNull();
	const [ended] = await ctx.db.select().from(exemptions).where(eq(exemptions.id, exemptionId));
	expect(ended).toMatchObject({ state: 'ended', endedBy: hr.actor.personId, endedBecause: '证明有误' });
	const again = endExemption(hr, { exemptionId, whole: true, because: '证明有误' });
	await expect(again).rejects.toThrow('exemption.not-in-force');
});

test('is shown apart in the figures, and counts again once it has ended', async ({ ctx }) => {
	const { own, hr, unit, obligation } = await aCase(ctx);
	await tellUnits(ctx, [obligation]);
	const figures = async () => {
		await refreshRollups(ctx);
		const { rows } = await ctx.db.execute<{ people: number; exempt: number }>(
			`select sum(people)::int as people, sum(exempt)::int as exempt from completion_rollups where unit_id = '${unit.id}' and year = 2026 and course_id is null`
		);
		return rows[0];
	};
	expect(await figures()).toEqual({ people: 1, exempt: 0 });
	const exemptionId = await askExemption(own, request, proof);
	await decideExemption(hr, { exemptionId, ...yes });
	expect(await figures()).toEqual({ people: 0, exempt: 1 });
	await endExemption(hr, { exemptionId, whole: true, because: '已返岗' });
	expect(await figures()).toEqual({ people: 1, exempt: 0 });
});

test('a deferral gives the later date', async ({ ctx }) => {
	const { own, hr, obligation } = await aCase(ctx);
	const deferral = { ...request, kind: 'deferral', obligationId: obligation.id, until: '2027-01-31' } as const;
	await expect(askExemption(own, { ...deferral, until: '2026-12-31' }, proof)).rejects.toThrow('exemption.not-later');
	await expect(askExemption(own, { ...deferral, obligationId: null }, proof)).rejects.toThrow('exemption.no-duty');

	const exemptionId = await askExemption(own, deferral, proof);
	await decideExemption(hr, { exemptionId, ...yes });
	expect(await read(ctx, obligation.id)).toMatchObject({ dueOn: '2027-01-31', exemptAt: null });
	expect(await told(ctx, own.actor.personId)).toEqual(['exemption_deferred']);
});

test('nobody decides about themselves, or about what they asked for', async ({ ctx }) => {
	const { hr, unit, person } = await aCase(ctx);
	const ownId = await askExemption(hr, request, proof);
	await expect(decideExemption(hr, { exemptionId: ownId, ...yes })).rejects.toThrow('access.own-case');
	const onBehalf = await askExemption(hr, { ...request, personId: person.id }, proof);
	await expect(decideExemption(hr, { exemptionId: onBehalf, ...yes })).rejects.toThrow('exemption.own-request');
	expect(await told(ctx, person.id)).toEqual(['exemption_filed']);

	const other = as(ctx, (await aPerson(ctx, { unit })).id, { role: 'hr', unit });
	await decideExemption(other, { exemptionId: onBehalf, ...yes });
	await expect(endExemption(hr, { exemptionId: onBehalf, whole: false, because: '已返岗' })).rejects.toThrow(
		'exemption.own-request'
	);
});

test('a liaison asks on behalf of others, but only within reach, and decides nothing', async ({ ctx }) => {
	const { liaison, person } = await aCase(ctx);
	const exemptionId = await askExemption(liaison, { ...request, personId: person.id }, proof);
	await expect(decideExemption(liaison, { exemptionId, ...yes })).rejects.toThrow('exemption.not-found');
	const stranger = await aPerson(ctx, { unit: await aUnit(ctx) });
	const beyond = askExemption(liaison, { ...request, personId: stranger.id }, proof);
	await expect(beyond).rejects.toThrow('person.not-found');
	await expect(askExemption(as(ctx, stranger.id), { ...request, personId: person.id }, proof)).rejects.toThrow(
		'person.not-found'
	);
});

test('only the person, who asked and who decides read ground, reason and proof', async ({ ctx }) => {
	const { liaison, own, hr, person, unit } = await aCase(ctx);
	const exemptionId = await askExemption(liaison, { ...request, personId: person.id }, proof);
	for (const reader of [liaison, own, hr])
		expect((await readExemptionProof(reader, exemptionId)).name).toBe('诊断证明.pdf');

	const colleague = as(ctx, (await aPerson(ctx, { unit })).id, { role: 'liaison', unit }, { role: 'leader', unit });
	const elsewhere = await aUnit(ctx);
	const stranger = as(ctx, (await aPerson(ctx)).id, { role: 'hr', unit: elsewhere });
	for (const other of [colleague, stranger])
		await expect(readExemptionProof(other, exemptionId)).rejects.toThrow('file.not-found');
	expect(await listOwnExemptions(colleague)).toEqual([]);
	expect((await listExemptions(stranger)).rows).toEqual([]);
	expect(() => listExemptions(colleague)).toThrow('access.forbidden');
	expect((await listExemptions(hr, { ground: 'illness' })).rows).toHaveLength(1);
	expect((await listExemptions(hr, { ground: 'maternity' })).rows).toHaveLength(0);
});

test('the audit record holds ids only', async ({ ctx }) => {
	const { own, hr, person } = await aCase(ctx);
	const exemptionId = await askExemption(own, request, proof);
	await decideExemption(hr, { exemptionId, decision: 'refuse', because: '材料不足' });
	const entries = await ctx.db.select().from(auditEntries).where(eq(auditEntries.subjectId, exemptionId));
	expect(entries.map(({ action }) => action)).toEqual(['exemption.asked', 'exemption.refused']);
	const words = JSON.stringify(entries);
	for (const secret of [person.name, request.reason, '材料不足', request.ground, proof.name])
		expect(words).not.toContain(secret);
});

test('a request waits once, and can be taken back until it is decided', async ({ ctx }) => {
	const { own, hr, obligation } = await aCase(ctx);
	const one = { ...request, obligationId: obligation.id };
	const exemptionId = await askExemption(own, one, proof);
	await expect(askExemption(own, one, proof)).rejects.toThrow('exemption.asked-already');
	await expect(withdrawRequest(hr, { exemptionId })).rejects.toThrow('exemption.not-found');
	await withdrawRequest(own, { exemptionId });
	await expect(decideExemption(hr, { exemptionId, ...yes })).rejects.toThrow('exemption.decided');
	const general = await askExemption(own, request, proof);
	await expect(askExemption(own, request, proof)).rejects.toThrow('exemption.asked-already');
	await decideExemption(hr, { exemptionId: general, decision: 'refuse', because: '材料不足' });
	await expect(withdrawRequest(own, { exemptionId: general })).rejects.toThrow('exemption.decided');
	await expect(askExemption(own, request)).rejects.toThrow('upload.no-file');
});

test('approves all that wait under a ground, and leaves what no longer fits', async ({ ctx }) => {
	const { hr, unit, person, obligation } = await aCase(ctx);
	const fits = await anExemption(ctx, { person, ground: 'retiring', obligationId: obligation.id });
	const over = await anExemption(ctx, {
		person: await aPerson(ctx, { unit }),
		...{ ground: 'retiring', until: '2026-11-22' }
	});
	const other = await anExemption(ctx, { person: await aPerson(ctx, { unit }) });
	await anExemption(ctx, { person: await aPerson(ctx), ground: 'retiring' });

	const all = { exemptionIds: [], listed: true, ground: 'retiring' as const, because: null };
	expect(await approveExemptions(hr, all)).toEqual({ approved: 1, left: 1 });
	const states = await ctx.db.select({ id: exemptions.id, state: exemptions.state }).from(exemptions);
	const stateOf = (id: string) => states.find((each) => each.id === id)?.state;
	expect([fits, over, other].map(({ id }) => stateOf(id))).toEqual(['approved', 'asked', 'asked']);
	const none = approveExemptions(hr, { ...all, listed: false });
	await expect(none).rejects.toThrow('exemption.nothing-chosen');
});
