import '#lib/server/jobs/subscriptions.ts';
import { expect } from 'vitest';
import { firstWording } from '#lib/components/certificates/certificate-words.ts';
import { createTemplate, editTemplate } from '#lib/server/certificates/keep-template.ts';
import { chooseSubject, dropSubject, switchOn } from '#lib/server/certificates/switch-template.ts';
import { getTemplate, listSubjects, listTemplates, listTemplateVersions } from '#lib/server/certificates/templates.ts';
import { aCertificate, anHr, aTemplate, certificatesOf } from '#tests/factories/certificates.ts';
import { aCompletion, aCourse } from '#tests/factories/courses.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const wording = {
	...{ kind: 'course' as const, name: '课程', prefix: '法培', sealPlace: true, ...firstWording.course },
	...{ issuerZh: '示例省人社厅', issuerEn: 'Model Province' }
};

test('a change makes a new version; what was issued keeps the one that it was issued under', async ({ ctx }) => {
	const { certificate, person } = await aCertificate(ctx);
	const hr = await anHr(ctx);
	await editTemplate(hr, { ...wording, templateId: certificate.templateId, titleZh: '荣誉证书' });
	expect(
		(await listTemplateVersions(ctx, certificate.templateId)).map(({ number, issued }) => [number, issued])
	).toEqual([
		[2, 0],
		[1, 1]
	]);
	const [kept] = await certificatesOf(ctx, person);
	expect(kept!.versionId).toBe(certificate.versionId);
});

test.for([
	{ body: '{name}参加{course}', because: 'no such word' },
	{ body: '{name}学完，成绩{score}', because: 'scores are not printed' }
])('refuses the wording $body: $because', async ({ body }, { ctx }) => {
	const unitId = (await theProvince(ctx)).id;
	const made = createTemplate(await anHr(ctx), { ...wording, unitId, bodyZh: body });
	await expect(made).rejects.toThrow('template.placeholder');
});

test('two templates never have one prefix: numbers would come twice', async ({ ctx }) => {
	const hr = await anHr(ctx);
	const unitId = (await theProvince(ctx)).id;
	const templateId = await createTemplate(hr, { ...wording, unitId });
	await expect(createTemplate(hr, { ...wording, unitId, kind: 'class' })).rejects.toThrow('template.prefix-taken');
	await editTemplate(hr, { ...wording, templateId, titleZh: '荣誉证书' });
});

test('an exam is worth no hours of its own, and its wording cannot say so', async ({ ctx }) => {
	const hr = await anHr(ctx);
	const unitId = (await theProvince(ctx)).id;
	const made = createTemplate(hr, { ...wording, unitId, kind: 'exam' });
	await expect(made).rejects.toThrow('template.placeholder');
});

test('templates lie within reach, and are changed by HR alone', async ({ ctx }) => {
	const [unit, other] = [await aUnit(ctx), await aUnit(ctx)];
	const templateId = await aTemplate(ctx, { unit });
	const elsewhere = await anHr(ctx, other);
	await expect(getTemplate(elsewhere, templateId)).rejects.toThrow('template.not-found');
	await expect(editTemplate(elsewhere, { ...wording, templateId })).rejects.toThrow('template.not-found');
	await expect(createTemplate(elsewhere, { ...wording, unitId: unit.id })).rejects.toThrow('unit.not-found');
	expect(await listTemplates(elsewhere)).toEqual([]);
	const liaison = as(ctx, (await aPerson(ctx)).id, { role: 'liaison', unit });
	expect((await listTemplates(liaison)).map(({ id }) => id)).toEqual([templateId]);
	await expect(switchOn(liaison, { templateId, issuesFrom: '2026-01-01' })).rejects.toThrow('template.not-found');
});

test('is for what was chosen, and for that alone', async ({ ctx }) => {
	const [chosen, other] = [await aCourse(ctx, { lessons: 1 }), await aCourse(ctx, { lessons: 1 })];
	const person = await aPerson(ctx);
	for (const course of [chosen, other]) await aCompletion(ctx, { person, course });
	const templateId = await aTemplate(ctx, { only: [chosen.id] });
	expect((await certificatesOf(ctx, person)).map(({ subjectId }) => subjectId)).toEqual([chosen.id]);

	const hr = await anHr(ctx);
	const template = await getTemplate(hr, templateId);
	expect((await listSubjects(ctx, template)).find(({ id }) => id === chosen.id)?.chosen).toBe(true);
	await expect(chooseSubject(hr, { templateId, subjectId: templateId })).rejects.toThrow('template.no-subject');
	await dropSubject(hr, { templateId, subjectId: chosen.id });
	expect((await certificatesOf(ctx, person)).map(({ revokedAt }) => revokedAt)).toEqual([null]);
});
