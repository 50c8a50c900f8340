import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { files } from '#db/schema/files.ts';
import { hourEntries } from '#db/schema/hours.ts';
import {
	confirmTraining,
	refuseTraining,
	reportTraining,
	revokeTraining
} from '#lib/server/events/external-training.ts';
import { listOwnTrainings, listTrainings, readProof } from '#lib/server/events/list-trainings.ts';
import { withdrawTraining } from '#lib/server/events/withdraw-training.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aPdf } from '#tests/factories/files.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const report = {
	kind: 'training-class',
	title: '行政复议法专题培训',
	provider: '省委党校',
	startsOn: '2026-03-02',
	endsOn: '2026-03-06',
	hours: 40,
	hourCategory: 'class'
} as const;
const proof = { name: '结业证书.pdf', bytes: aPdf() };
const granted = { hours: 32, hourCategory: 'class' } as const;
const because = '证书上的日期与申报的不符';

async function reported(ctx: Context) {
	const unit = await aUnit(ctx);
	const person = as(ctx, (await aPerson(ctx, { unit })).id);
	const liaison = as(ctx, (await aPerson(ctx, { unit })).id, { role: 'liaison', unit });
	return { unit, person, liaison, trainingId: await reportTraining(person, report, proof) };
}

const hoursOf = async ({ db }: Context, trainingId: string) => {
	const rows = await db
		.select({ hours: hourEntries.hours, year: hourEntries.year })
		.from(hourEntries)
		.where(eq(hourEntries.sourceId, trainingId))
		.orderBy(sql`reverses nulls first`);
	return rows.map(({ hours }) => hours);
};

test('grants what is confirmed, which may be less than what was reported', async ({ ctx }) => {
	const { liaison, trainingId } = await reported(ctx);
	expect(await hoursOf(ctx, trainingId)).toEqual([]);
	await confirmTraining(liaison, { trainingId, ...granted });
	expect(await hoursOf(ctx, trainingId)).toEqual([32]);
	await expect(confirmTraining(liaison, { trainingId, ...granted })).rejects.toThrow('training.decided');
});

test('grants nothing for what is refused, and says why to the person', async ({ ctx }) => {
	const { liaison, person, trainingId } = await reported(ctx);
	await refuseTraining(liaison, { trainingId, because });
	expect(await hoursOf(ctx, trainingId)).toEqual([]);
	expect((await listOwnTrainings(person))[0]?.training).toMatchObject({ state: 'refused', decidedBecause: because });
});

test('takes the hours back when it is revoked', async ({ ctx }) => {
	const { liaison, trainingId } = await reported(ctx);
	await expect(revokeTraining(liaison, { trainingId, because })).rejects.toThrow('training.not-confirmed');
	await confirmTraining(liaison, { trainingId, ...granted });
	await revokeTraining(liaison, { trainingId, because });
	expect(await hoursOf(ctx, trainingId)).toEqual([32, -32]);
});

test('is decided by nobody about themselves, and by nobody out of reach', async ({ ctx }) => {
	const { unit, person, trainingId } = await reported(ctx);
	const herself = as(ctx, person.actor.personId, { role: 'hr', unit });
	await expect(confirmTraining(herself, { trainingId, ...granted })).rejects.toThrow('access.own-case');

	const elsewhere = await aUnit(ctx);
	const stranger = as(ctx, (await aPerson(ctx)).id, { role: 'hr', unit: elsewhere });
	await expect(confirmTraining(stranger, { trainingId, ...granted })).rejects.toThrow('training.not-found');
	await expect(readProof(stranger, trainingId)).rejects.toThrow('file.not-found');
	expect((await listTrainings(stranger)).rows).toEqual([]);
});

test('shows the proof to the person and to those who decide', async ({ ctx }) => {
	const { person, liaison, trainingId } = await reported(ctx);
	expect((await readProof(person, trainingId)).name).toBe('结业证书.pdf');
	expect((await readProof(liaison, trainingId)).bytes).toEqual(aPdf());
	expect((await listTrainings(liaison)).rows).toMatchObject([{ id: trainingId, hours: 40, isOwn: false }]);
});

test('is reported after it has ended, with a proof that is one', async ({ ctx }) => {
	const person = as(ctx, (await aPerson(ctx)).id);
	const early = reportTraining(person, { ...report, endsOn: '2026-12-01' }, proof);
	await expect(early).rejects.toMatchObject({ code: 'training.in-future', field: 'endsOn' });
	const hostile = reportTraining(person, report, { name: 'a.pdf', bytes: Buffer.from('<script>') });
	await expect(hostile).rejects.toMatchObject({ code: 'file.type-refused', field: 'proof' });
});

test('is taken back by whoever reported it while nobody has decided, with its proof', async ({ ctx }) => {
	const { person, liaison, trainingId } = await reported(ctx);
	const stranger = as(ctx, (await aPerson(ctx)).id);
	await expect(withdrawTraining(stranger, { trainingId })).rejects.toThrow('training.not-found');
	await expect(withdrawTraining(liaison, { trainingId })).rejects.toThrow('training.not-found');
	await withdrawTraining(person, { trainingId });
	expect(await listOwnTrainings(person)).toEqual([]);
	expect(await ctx.db.$count(files)).toBe(0);
	await expect(confirmTraining(liaison, { trainingId, ...granted })).rejects.toThrow('training.not-found');

	const decided = await reportTraining(person, report, proof);
	await confirmTraining(liaison, { trainingId: decided, ...granted });
	await expect(withdrawTraining(person, { trainingId: decided })).rejects.toThrow('training.decided');
});
