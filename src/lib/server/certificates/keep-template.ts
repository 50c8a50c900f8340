import { eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { certificateTemplates, certificateTemplateVersions } from '#db/schema/certificates.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/certificates.ts';
import { type CertificateKind, placeholdersOf, type TemplateWording } from '#lib/schemas/certificates.ts';
import { demandWithin } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { conflict, invalid } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { getTemplate, lockTemplate } from './templates.ts';

/** Keeps a new template for a unit, switched off. @returns its id @throws not-found unit.not-found, invalid template.placeholder | template.prefix-taken */
export function createTemplate(
	ctx: SignedIn,
	{ unitId, ...wording }: v.InferOutput<typeof schemas.createTemplate>
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const [unit] = await ctx.db.select({ path: units.path }).from(units).where(eq(units.id, unitId));
		demandWithin(ctx, 'certificate:edit', unit?.path, 'unit');
		const id = newId();
		const { kind, name } = wording;
		const made = { id, unitId, kind, name, createdBy: ctx.actor.personId, createdAt: ctx.now };
		await ctx.db.insert(certificateTemplates).values(made);
		await addVersion(ctx, id, wording);
		await record(ctx, 'certificate.template-created', id, { unitId, kind });
		return id;
	});
}

/** Words a template anew: certificates issued from now on say so, those issued before stay as they are. @throws not-found template.not-found, conflict template.kind-fixed, invalid template.placeholder | template.prefix-taken */
export function editTemplate(
	ctx: SignedIn,
	{ templateId, ...wording }: v.InferOutput<typeof schemas.editTemplate>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await getTemplate(ctx, templateId, 'certificate:edit');
		const { kind } = await lockTemplate(ctx, templateId);
		if (kind !== wording.kind) throw conflict('template.kind-fixed', { field: 'kind' });
		await ctx.db
			.update(certificateTemplates)
			.set({ name: wording.name })
			.where(eq(certificateTemplates.id, templateId));
		const number = await addVersion(ctx, templateId, wording);
		await record(ctx, 'certificate.template-edited', templateId, { number });
	});
}

async function addVersion(
	{ db, actor, now }: SignedIn,
	templateId: string,
	{ kind, titleZh, titleEn, bodyZh, bodyEn, issuerZh, issuerEn, prefix, sealPlace }: TemplateWording
): Promise<number> {
	demandKnownWords(kind, 'bodyZh', bodyZh);
	demandKnownWords(kind, 'bodyEn', bodyEn);
	await demandFreePrefix({ db }, templateId, prefix);
	const id = newId();
	const [version] = await db
		.insert(certificateTemplateVersions)
		.values({
			id,
			templateId,
			number: sql`(select coalesce(max(number), 0) + 1 from certificate_template_versions where template_id = ${templateId})`,
			title: { 'zh-CN': titleZh, en: titleEn },
			body: { 'zh-CN': bodyZh, en: bodyEn },
			issuer: { 'zh-CN': issuerZh, en: issuerEn },
			...{ prefix, sealPlace, createdBy: actor.personId, createdAt: now }
		})
		.returning({ number: certificateTemplateVersions.number });
	await db.update(certificateTemplates).set({ currentVersionId: id }).where(eq(certificateTemplates.id, templateId));
	return version!.number;
}

/** Every {word} is one that certificates of this kind can fill in. */
function demandKnownWords(kind: CertificateKind, field: string, body: string): void {
	const words = [...body.matchAll(/\{([^{}]*)\}/g)].map(([, word]) => word ?? '');
	if (!words.every((word) => placeholdersOf[kind].includes(word))) throw invalid('template.placeholder', { field });
}

/** Two templates with one prefix would give out the same number twice. */
async function demandFreePrefix({ db }: Pick<Context, 'db'>, templateId: string, prefix: string): Promise<void> {
	await db.execute(sql`select pg_advisory_xact_lock(hashtext('mingfa certificates'))`);
	const taken = await db.$count(
		certificateTemplateVersions,
		sql`${certificateTemplateVersions.prefix} = ${prefix} and ${certificateTemplateVersions.templateId} <> ${templateId}`
	);
	if (taken > 0) throw invalid('template.prefix-taken', { field: 'prefix' });
}
