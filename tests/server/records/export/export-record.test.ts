import '#lib/server/jobs/subscriptions.ts';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { reportTraining } from '#lib/server/events/external-training.ts';
import { releaseExam } from '#lib/server/exams/marking/release-exam.ts';
import { readArchive } from '#lib/server/platform/tables/read-archive.ts';
import { exportRecord } from '#lib/server/records/export/export-record.ts';
import { zipUp } from '#lib/server/platform/zip-up.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { aCertificate } from '#tests/factories/certificates.ts';
import { aCandidacy, asLegal, aSitting } from '#tests/factories/exams.ts';
import { aPdf } from '#tests/factories/files.ts';
import { afterClose } from '#tests/factories/marking.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const limits = { parts: 1_000, unpacked: 64 * 2 ** 20, ratio: 1_000 };

async function exported(ctx: SignedIn) {
	const pieces = await Array.fromAsync(
		await exportRecord(ctx, { origin: 'https://study.example.org', locale: 'zh-CN' })
	);
	return readArchive(Buffer.concat(pieces), limits);
}

const training = {
	...{
		kind: 'lecture' as const,
		title: '法治讲座<1>',
		provider: '省委党校',
		startsOn: '2026-05-01',
		endsOn: '2026-05-02'
	},
	...{ hours: 6, hourCategory: 'class' as const }
};

test('holds everything: the record twice, its papers, the proofs, and certificates that can be checked', async ({
	ctx
}) => {
	const unit = await aUnit(ctx, { name: '劳动关系处' });
	const person = await aPerson(ctx, { unit, name: '沈知微' });
	const self = as(ctx, person.id);
	const { certificate } = await aCertificate(ctx, { person });
	await reportTraining(self, training, { name: '结业证.pdf', bytes: aPdf() });
	const { exam } = await aCandidacy(ctx, person, { reviewAfterClose: 'answers' });
	await aSitting(ctx, exam, person, { wrong: 1 });
	const later = { ...self, now: afterClose(exam) };
	await releaseExam({ ...(await asLegal(ctx)), now: later.now }, exam.id);

	const archive = await exported(later);
	expect(archive.paths.toSorted()).toEqual(
		[
			'record.json',
			'record.html',
			'proofs/001-结业证.pdf',
			'certificates/did.json',
			`certificates/${certificate.code}.json`
		].toSorted()
	);
	const json = JSON.parse(await archive.text('record.json'));
	expect(json).toMatchObject({
		...{ format: 'mingfa-record', version: 1, exportedFrom: 'https://study.example.org' },
		person: { name: '沈知微', unit: '劳动关系处' },
		courses: [{ unit: '劳动关系处', version: 1 }],
		externalTraining: [{ title: '法治讲座<1>', state: 'reported', proof: 'proofs/001-结业证.pdf' }],
		exams: [{ title: exam.title, outcome: 'passed' }],
		papers: [{ level: 'answers', slots: expect.any(Array) }],
		certificates: [{ code: certificate.code, revokedAt: null }],
		files: [{ path: 'proofs/001-结业证.pdf', size: aPdf().length }],
		looks: []
	});
	const html = await archive.text('record.html');
	expect(html).toContain('沈知微学法档案');
	expect(html).toContain('法治讲座&lt;1&gt;');
	expect(html).not.toMatch(/<script|<link|src=|undefined|NaN|\[object/);
	const lines = await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'record.exported'));
	expect(lines.map(({ subjectId }) => subjectId)).toEqual([person.id]);
});

test('a paper shows no more than its exam lets its owner see', async ({ ctx }) => {
	const person = await aPerson(ctx);
	const { exam } = await aCandidacy(ctx, person, { reviewAfterClose: 'nothing' });
	await aSitting(ctx, exam, person);
	await releaseExam({ ...(await asLegal(ctx)), now: afterClose(exam) }, exam.id);
	const archive = await exported({ ...as(ctx, person.id), now: afterClose(exam) });
	const json = JSON.parse(await archive.text('record.json'));
	expect(json.papers).toMatchObject([{ level: 'nothing', score: null }]);
	expect(JSON.stringify(json.papers)).not.toContain('stem');
	expect(await archive.text('record.html')).toContain('这场考试不公布题目和答案');
});

test('an empty record is exported too', async ({ ctx }) => {
	const archive = await exported(as(ctx, (await aPerson(ctx)).id));
	expect(archive.paths).toEqual(['record.json', 'record.html']);
	expect(JSON.parse(await archive.text('record.json'))).toMatchObject({ courses: [], papers: [], looks: [] });
});

test('a large part goes through in pieces, and whoever stops reading stops its making', async () => {
	let made = 0;
	async function* large() {
		for (; made < 4_000; made++) yield Buffer.alloc(64 * 1024, made);
	}
	async function* parts() {
		yield { path: 'large.bin', text: large() };
	}
	for await (const _ of zipUp(parts(), { now: new Date('2026-11-23T02:00:00Z') })) if (made > 40) break;
	expect(made).toBeLessThan(400);
});
