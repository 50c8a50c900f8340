import { and, asc, desc, eq } from 'drizzle-orm';
import * as v from 'valibot';
import { assessmentSchemes } from '#db/schema/assessment-schemes.ts';
import { schemeRule, type SchemeRule } from '#lib/schemas/assessments.ts';
import { canEverywhere, demand, demandEverywhere } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';

type Row = typeof assessmentSchemes.$inferSelect;

/** A scheme with its rule read and proved. */
export type Scheme = Omit<Row, 'components' | 'minimums' | 'vetoes' | 'bands' | 'decimals'> & { rule: SchemeRule };

/** The rule of a scheme out of its columns. */
export function readScheme({ components, minimums, vetoes, bands, decimals, ...scheme }: Row): Scheme {
	return { ...scheme, rule: v.parse(schemeRule, { components, minimums, vetoes, bands, decimals }) };
}

/** The adopted schemes of a year, in the order in which they are tried on a person. */
export async function listAdopted({ db }: Context, year: number): Promise<Scheme[]> {
	const rows = await db
		.select()
		.from(assessmentSchemes)
		.where(and(eq(assessmentSchemes.year, year), eq(assessmentSchemes.state, 'adopted')))
		.orderBy(asc(assessmentSchemes.position));
	return rows.map(readScheme);
}

/** All schemes, newest year first, in their order; drafts only for those who make them. */
export async function listSchemes(ctx: Context): Promise<Scheme[]> {
	demand(ctx, 'scheme:view');
	const rows = await ctx.db
		.select()
		.from(assessmentSchemes)
		.orderBy(desc(assessmentSchemes.year), asc(assessmentSchemes.position), asc(assessmentSchemes.createdAt));
	const seesDrafts = canEverywhere(ctx.actor, 'scheme:edit');
	return rows.filter(({ state }) => state !== 'draft' || seesDrafts).map(readScheme);
}

/** A scheme for those who make them. @throws forbidden access.forbidden, not-found scheme.not-found */
export async function getScheme(ctx: Context, id: string): Promise<Scheme> {
	demandEverywhere(ctx, 'scheme:edit');
	const scheme = isId(id) ? await findScheme(ctx, id) : undefined;
	if (!scheme) throw notFound('scheme');
	return scheme;
}

/** A scheme, whoever asks. */
export async function findScheme({ db }: Context, id: string): Promise<Scheme | undefined> {
	const [row] = await db.select().from(assessmentSchemes).where(eq(assessmentSchemes.id, id));
	return row && readScheme(row);
}
