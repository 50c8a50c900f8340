import { expect } from 'vitest';
import { pictures, proofs } from '#lib/server/platform/files/file-type.ts';
import { keepFile } from '#lib/server/platform/files/keep-file.ts';
import { readFile } from '#lib/server/platform/files/read-file.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aPdf, aPng } from '#tests/factories/files.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

test('keeps a file as it came, under a clean name and the type of its content', async ({ ctx }) => {
	const person = as(ctx, (await aPerson(ctx)).id);
	const id = await keepFile(person, { name: '../结业证书.png', bytes: aPdf() }, { types: proofs });
	expect(await readFile(ctx, id)).toMatchObject({ name: '结业证书.png.pdf', type: 'application/pdf', bytes: aPdf() });
});

test.for([
	{ code: 'file.empty', bytes: Buffer.alloc(0) },
	{ code: 'file.type-refused', bytes: aPdf() },
	{ code: 'file.too-large', bytes: Buffer.concat([aPng(), Buffer.alloc(2 ** 20)]) }
])('refuses with $code, at the field it came from', async ({ code, bytes }, { ctx }) => {
	const person = as(ctx, (await aPerson(ctx)).id);
	const act = keepFile(person, { name: 'a.png', bytes }, { types: pictures, most: 1, field: 'photo' });
	await expect(act).rejects.toMatchObject({ code, field: 'photo' });
});

test('says nothing about a file that is not there', async ({ ctx }) => {
	await expect(readFile(ctx, newId())).rejects.toThrow('file.not-found');
});
