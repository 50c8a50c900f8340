import { expect } from 'vitest';
import { getNote, saveNote } from '#lib/server/courses/save-note.ts';
import { lessonNote } from '#lib/schemas/courses.ts';
import * as v from 'valibot';
import type { Context } from '#lib/server/platform/context.ts';
import { addressOf } from '#tests/factories/checks.ts';
import { aCourse } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

async function aReader(ctx: Context) {
	const address = addressOf(await aCourse(ctx, { lessons: 1 }));
	return { address, reader: as(ctx, (await aPerson(ctx)).id) };
}

test('keeps what was written, with the time of saving', async ({ ctx }) => {
	const { address, reader } = await aReader(ctx);
	const { seen } = await getNote(reader, address);
	await saveNote(reader, { ...address, body: '期限从用工之日起算。', seen });
	expect(await getNote(reader, address)).toMatchObject({ body: '期限从用工之日起算。', savedAt: ctx.now });
});

test('does not overwrite unseen what another tab has saved', async ({ ctx }) => {
	const { address, reader } = await aReader(ctx);
	const { seen } = await getNote(reader, address);
	await saveNote(reader, { ...address, body: '第一个窗口写的', seen });

	const second = saveNote(reader, { ...address, body: '第二个窗口写的', seen });
	await expect(second).rejects.toThrow('note.changed-elsewhere');
	const current = await getNote(reader, address);
	expect(current.body).toBe('第一个窗口写的');
	expect(await saveNote(reader, { ...address, body: '两处合在一起', seen: current.seen })).toMatchObject({
		body: '两处合在一起'
	});
});

test('takes the same text twice without complaint', async ({ ctx }) => {
	const { address, reader } = await aReader(ctx);
	const { seen } = await getNote(reader, address);
	await saveNote(reader, { ...address, body: '同一段话', seen });
	await expect(saveNote(reader, { ...address, body: '同一段话', seen })).resolves.toMatchObject({ body: '同一段话' });
});

test('of two tabs that save first at the same moment, one is told', async ({ freshDatabase }) => {
	const { ctx } = await freshDatabase();
	const { address, reader } = await aReader(ctx);
	const { seen } = await getNote(reader, address);
	const saved = await Promise.allSettled(['甲', '乙'].map((body) => saveNote(reader, { ...address, body, seen })));
	expect(saved.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('shows nobody the notes of another', async ({ ctx }) => {
	const { address, reader } = await aReader(ctx);
	await saveNote(reader, { ...address, body: '只给自己看', seen: (await getNote(reader, address)).seen });
	const other = as(ctx, (await aPerson(ctx)).id);
	expect((await getNote(other, address)).body).toBe('');
});

test('refuses notes on a lesson that does not exist', async ({ ctx }) => {
	const { address, reader } = await aReader(ctx);
	await expect(getNote(reader, { ...address, lesson: 'none' })).rejects.toThrow('lesson.not-found');
});

test.each([
	{ length: 20_000, taken: true },
	{ length: 20_001, taken: false }
])('takes $length characters: $taken', ({ length, taken }) => {
	const input = { course: 'c', lesson: 'l', body: '字'.repeat(length), seen: 'x' };
	expect(v.safeParse(lessonNote, input).success).toBe(taken);
});

test('counts a line break once, however a browser sends it', () => {
	expect(v.parse(lessonNote, { course: 'c', lesson: 'l', body: '一\r\n二', seen: 'x' }).body).toBe('一\n二');
});
