import '#lib/server/jobs/subscriptions.ts';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { checkCode } from '#lib/server/certificates/check-code.ts';
import {
	countCertificates,
	getCertificate,
	listCertificates,
	listPrintable
} from '#lib/server/certificates/queries.ts';
import { reissueCertificate } from '#lib/server/certificates/reissue-certificate.ts';
import { revokeCertificate } from '#lib/server/certificates/revoke-certificate.ts';
import { verifyCertificates } from '#lib/server/certificates/verify-certificates.ts';
import { announce } from '#lib/server/platform/announce.ts';
import { aCertificate, anHr, certificatesOf } from '#tests/factories/certificates.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const because = '经查由他人代学';

test('HR revokes with a reason that only the holder and those who decide read', async ({ ctx }) => {
	const { certificate, person } = await aCertificate(ctx);
	const hr = await anHr(ctx);
	await revokeCertificate(hr, { certificateId: certificate.id, because });
	const checked = await checkCode(ctx, certificate.code, '203.0.113.7');
	expect(checked).toMatchObject({ revokedGround: 'decided', printed: { name: person.name } });
	expect(JSON.stringify(checked)).not.toContain(because);
	expect(Object.keys(checked!.printed).sort()).toEqual(['earnedOn', 'name', 'number', 'subject']);
	expect(await getCertificate(hr, certificate.id)).toMatchObject({ revokedBecause: because });

	const lines = await ctx.db
		.select()
		.from(auditEntries)
		.where(sql`subject_id = ${certificate.id}`)
		.orderBy(auditEntries.sequence);
	expect(lines.map(({ action }) => action)).toEqual(['certificate.issued', 'certificate.revoked']);
	await expect(revokeCertificate(hr, { certificateId: certificate.id, because })).rejects.toThrow(
		'certificate.revoked'
	);
});

test('what was revoked by hand is not issued again by itself, but by hand, as the follower', async ({ ctx }) => {
	const { certificate, person } = await aCertificate(ctx);
	const hr = await anHr(ctx);
	await revokeCertificate(hr, { certificateId: certificate.id, because });
	await announce(ctx, 'hours.changed', { personIds: [person.id] });
	expect(await certificatesOf(ctx, person)).toHaveLength(1);

	await reissueCertificate(hr, { certificateId: certificate.id });
	const [, anew] = await certificatesOf(ctx, person);
	expect(anew).toMatchObject({ follows: certificate.id, revokedAt: null, unitId: certificate.unitId });
	expect((await checkCode(ctx, certificate.code, '203.0.113.7'))?.followed).toBe(true);
	await expect(reissueCertificate(hr, { certificateId: certificate.id })).rejects.toThrow('certificate.valid');
});

test('nobody decides beyond their reach, or about their own', async ({ ctx }) => {
	const { certificate, person } = await aCertificate(ctx);
	const elsewhere = await anHr(ctx, await aUnit(ctx));
	await expect(revokeCertificate(elsewhere, { certificateId: certificate.id, because })).rejects.toThrow(
		'certificate.not-found'
	);
	expect((await listCertificates(elsewhere, {})).rows).toEqual([]);
	expect(await listPrintable(elsewhere, [certificate.id])).toEqual([]);
	const home = await aUnit(ctx);
	const { certificate: own, person: holder } = await aCertificate(ctx, { person: await aPerson(ctx, { unit: home }) });
	const self = as(ctx, holder.id, { role: 'hr', unit: home });
	await expect(revokeCertificate(self, { certificateId: own.id, because })).rejects.toThrow('access.own-case');
	expect(person.id).not.toBe(holder.id);
	const liaison = as(ctx, (await aPerson(ctx)).id, { role: 'liaison', unit: home });
	expect((await listCertificates(liaison, {})).rows.map(({ id }) => id)).toEqual([own.id]);
	await expect(revokeCertificate(liaison, { certificateId: own.id, because })).rejects.toThrow('certificate.not-found');
});

test('lists by name and by day, finds by number and code, and counts', async ({ ctx }) => {
	const home = await aUnit(ctx);
	const [first, second] = [
		await aCertificate(ctx, { person: await aPerson(ctx, { unit: home, name: '沈知微' }) }),
		await aCertificate(ctx, { person: await aPerson(ctx, { unit: home, name: '白景行' }) })
	];
	const hr = await anHr(ctx, home);
	const namesBy = async (filter: Parameters<typeof listCertificates>[1]) =>
		(await listCertificates(hr, filter)).rows.map(({ name }) => name);
	expect(await namesBy({ sort: 'name' })).toEqual(['白景行', '沈知微']);
	expect(await namesBy({ sort: '-name' })).toEqual(['沈知微', '白景行']);
	expect(await namesBy({ q: first.certificate.code.toLowerCase() })).toEqual(['沈知微']);
	expect(await namesBy({ q: second.certificate.printed.number, template: second.certificate.templateId })).toEqual([
		'白景行'
	]);
	await revokeCertificate(hr, { certificateId: first.certificate.id, because });
	expect(await countCertificates(hr, {})).toEqual({ valid: 1, revoked: 1 });
	expect(await namesBy({ state: 'revoked' })).toEqual(['沈知微']);
	const page = await listCertificates(hr, { sort: 'name' }, 1);
	expect((await listCertificates(hr, { sort: 'name', after: page.next ?? undefined }, 1)).rows).toMatchObject([
		{ name: '沈知微' }
	]);
});

test('codes that lead nowhere are slowed after many from one place; those who have one in hand are not', async ({
	ctx
}) => {
	const { certificate } = await aCertificate(ctx);
	const guess = () => checkCode(ctx, '0000-0000-0000-0000', '203.0.113.9');
	for (let tries = 0; tries < 100; tries++) expect(await guess()).toBeUndefined();
	await expect(guess()).rejects.toThrow('certificate.too-many');
	expect(await checkCode(ctx, certificate.code, '203.0.113.9')).toBeDefined();
	expect(await checkCode(ctx, '0000-0000-0000-0000', '198.51.100.2')).toBeUndefined();
});

test('whoever changes a certificate behind the platform is found out', async ({ ctx }) => {
	const { certificate } = await aCertificate(ctx);
	expect((await verifyCertificates(ctx)).broken).toEqual([]);
	await ctx.db.execute(sql`alter table certificates disable trigger certificates_frozen`);
	await ctx.db.execute(
		sql`update certificates set printed = jsonb_set(printed, '{name}', '"某某"') where id = ${certificate.id}`
	);
	expect((await verifyCertificates(ctx)).broken).toEqual([certificate.id]);
	await ctx.db.execute(sql`delete from certificates where id = ${certificate.id}`);
	expect(await verifyCertificates(ctx)).toMatchObject({ broken: [], gaps: 1 });
});
