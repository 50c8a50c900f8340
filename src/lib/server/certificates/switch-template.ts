import { and, eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { certificateSubjects, certificateTemplates } from '#db/schema/certificates.ts';
import type * as schemas from '#lib/schemas/certificates.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import { markTemplate } from './mark.ts';
import { getTemplate, isSubjectOf, lockTemplate } from './templates.ts';

/** Lets a template issue, for what was met from a day on: also for what was met already, where that day has passed. @throws not-found template.not-found */
export function switchOn(
	ctx: SignedIn,
	{ templateId, issuesFrom }: v.InferOutput<typeof schemas.switchOn>
): Promise<void> {
	return change(ctx, templateId, { issuesFrom }, 'certificate.template-switched-on', { issuesFrom });
}

/** Issues nothing more by a template. What was issued stays, and is still revoked where its ground falls away. @throws not-found template.not-found */
export function switchOff(ctx: SignedIn, { templateId }: v.InferOutput<typeof schemas.switchOff>): Promise<void> {
	return change(ctx, templateId, { issuesFrom: null }, 'certificate.template-switched-off');
}

/** Lets a template stand for all of its kind again. @throws not-found template.not-found */
export function chooseAll(ctx: SignedIn, { templateId }: v.InferOutput<typeof schemas.chooseAll>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await change(ctx, templateId, { chosenOnly: false }, 'certificate.template-for-all');
		await ctx.db.delete(certificateSubjects).where(eq(certificateSubjects.templateId, templateId));
	});
}

type Chosen = v.InferOutput<typeof schemas.chooseSubject>;

/** Has a template stand for this subject, and for none that was not chosen. @throws not-found template.not-found, invalid template.no-subject */
export function chooseSubject(ctx: SignedIn, { templateId, subjectId }: Chosen): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const template = await getTemplate(ctx, templateId, 'certificate:edit');
		if (!(await isSubjectOf(ctx, template, subjectId))) throw invalid('template.no-subject', { field: 'subjectId' });
		await ctx.db.insert(certificateSubjects).values({ templateId, subjectId, addedAt: ctx.now }).onConflictDoNothing();
		await change(ctx, templateId, { chosenOnly: true }, 'certificate.template-subject-chosen', { subjectId });
	});
}

/** Takes a subject away again; nothing is issued for it by this template any more. @throws not-found template.not-found */
export function dropSubject(ctx: SignedIn, { templateId, subjectId }: Chosen): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await change(ctx, templateId, {}, 'certificate.template-subject-dropped', { subjectId });
		await ctx.db
			.delete(certificateSubjects)
			.where(and(eq(certificateSubjects.templateId, templateId), eq(certificateSubjects.subjectId, subjectId)));
	});
}

function change(
	ctx: SignedIn,
	templateId: string,
	values: Partial<typeof certificateTemplates.$inferInsert>,
	action: string,
	details: Record<string, unknown> = {}
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await getTemplate(ctx, templateId, 'certificate:edit');
		await lockTemplate(ctx, templateId);
		if (Object.keys(values).length > 0)
			await ctx.db.update(certificateTemplates).set(values).where(eq(certificateTemplates.id, templateId));
		await record(ctx, action, templateId, details);
		await markTemplate(ctx, templateId);
	});
}
