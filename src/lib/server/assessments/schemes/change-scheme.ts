import { and, eq, inArray, max, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { assessmentSchemes } from '#db/schema/assessment-schemes.ts';
import { assessmentCycles } from '#db/schema/assessments.ts';
import { schemeRule, type SaveScheme, type SchemeRule } from '#lib/schemas/assessments.ts';
import type * as schemas from '#lib/schemas/assessments.ts';
import { demandEverywhere } from '../../access/scope.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, invalid, notFound } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { readScheme, type Scheme } from './read-scheme.ts';
import { usualRule } from './usual-rule.ts';

/**
 * Makes a draft: a copy of another scheme, or the usual rule. A copy for the same year of one that is in force takes its place
 * once it is adopted.
 * @returns its id
 */
export function createScheme(ctx: SignedIn, { year, from }: v.InferOutput<typeof schemas.newScheme>): Promise<string> {
	return atomically(ctx, async (ctx) => {
		demandEverywhere(ctx, 'scheme:edit');
		const source = from ? await lockScheme(ctx, from) : undefined;
		const follows = source?.year === year && source.state === 'adopted' ? source : undefined;
		const [last] = await ctx.db
			.select({ position: max(assessmentSchemes.position) })
			.from(assessmentSchemes)
			.where(eq(assessmentSchemes.year, year));
		const id = newId();
		await ctx.db.insert(assessmentSchemes).values({
			id,
			year,
			name: source ? source.name.replaceAll(String(source.year), String(year)) : usualRule.name(year),
			position: source ? source.position : (last?.position ?? 0) + 1,
			ranks: source?.ranks ?? [],
			levels: source?.levels ?? [],
			establishments: source?.establishments ?? [],
			leading: source?.leading ?? null,
			...(source?.rule ?? usualRule.rule),
			basis: source?.basis ?? usualRule.basis,
			followsId: follows?.id ?? null,
			createdBy: ctx.actor.personId,
			createdAt: ctx.now
		});
		await record(ctx, 'scheme.created', id, { year, from: source?.id ?? null });
		return id;
	});
}

/** Changes a draft. @throws conflict scheme.adopted, invalid scheme.…, not-found scheme */
export function changeScheme(ctx: SignedIn, { scheme: id, ...input }: { scheme: string } & SaveScheme): Promise<void> {
	return atomically(ctx, async (ctx) => {
		demandEverywhere(ctx, 'scheme:edit');
		const scheme = await lockScheme(ctx, id);
		if (scheme.state !== 'draft') throw conflict('scheme.adopted');
		const rule = provenRule(input.rule);
		await ctx.db
			.update(assessmentSchemes)
			.set({
				name: input.name,
				basis: input.basis,
				position: input.position,
				...input.group,
				...rule,
				version: sql`${assessmentSchemes.version} + 1`
			})
			.where(eq(assessmentSchemes.id, id));
		await record(ctx, 'scheme.changed', id, { ...rule });
	});
}

/** The rule as it may stand, also where it did not come from the form. @throws invalid scheme.weight-not-permitted | … */
export function provenRule(input: unknown): SchemeRule {
	const { success, output, issues } = v.safeParse(schemeRule, input);
	if (success) return output;
	const code = issues.find(({ message }) => message.startsWith('scheme.'))?.message ?? 'scheme.invalid';
	throw invalid(code);
}

/**
 * Adopts a draft: from now on it is never changed (trigger), and the one whose place it takes is out of force. A year of which
 * results have been published keeps its schemes.
 * @throws conflict scheme.adopted | scheme.year-published | scheme.position-taken, not-found scheme
 */
export function adoptScheme(ctx: SignedIn, { scheme: id }: v.InferOutput<typeof schemas.oneScheme>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		demandEverywhere(ctx, 'scheme:edit');
		const scheme = await lockScheme(ctx, id);
		if (scheme.state !== 'draft') throw conflict('scheme.adopted');
		const published = await ctx.db
			.select({ id: assessmentCycles.id })
			.from(assessmentCycles)
			.where(
				and(eq(assessmentCycles.year, scheme.year), inArray(assessmentCycles.state, ['published', 'signed', 'closed']))
			)
			.limit(1);
		if (published.length > 0) throw conflict('scheme.year-published');

		if (scheme.followsId) {
			await ctx.db
				.update(assessmentSchemes)
				.set({ state: 'replaced' })
				.where(and(eq(assessmentSchemes.id, scheme.followsId), eq(assessmentSchemes.state, 'adopted')));
		}
		const taken = await ctx.db
			.select({ id: assessmentSchemes.id })
			.from(assessmentSchemes)
			.where(
				and(
					eq(assessmentSchemes.year, scheme.year),
					eq(assessmentSchemes.position, scheme.position),
					eq(assessmentSchemes.state, 'adopted')
				)
			);
		if (taken.length > 0) throw conflict('scheme.position-taken');
		await ctx.db
			.update(assessmentSchemes)
			.set({ state: 'adopted', adoptedBy: ctx.actor.personId, adoptedAt: ctx.now })
			.where(eq(assessmentSchemes.id, id));
		await record(ctx, 'scheme.adopted', id, { year: scheme.year, follows: scheme.followsId, rule: scheme.rule });
	});
}

/** Throws a draft away. @throws conflict scheme.adopted, not-found scheme */
export function discardScheme(ctx: SignedIn, { scheme: id }: v.InferOutput<typeof schemas.oneScheme>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		demandEverywhere(ctx, 'scheme:edit');
		const scheme = await lockScheme(ctx, id);
		if (scheme.state !== 'draft') throw conflict('scheme.adopted');
		await ctx.db.delete(assessmentSchemes).where(eq(assessmentSchemes.id, id));
		await record(ctx, 'scheme.discarded', id, { year: scheme.year });
	});
}

async function lockScheme({ db }: SignedIn, id: string): Promise<Scheme> {
	const [row] = await db.select().from(assessmentSchemes).where(eq(assessmentSchemes.id, id)).for('update');
	if (!row) throw notFound('scheme');
	return readScheme(row);
}
