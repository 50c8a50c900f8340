import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { annualGrades } from '#db/schema/annual-grades.ts';
import {
	assessmentAdjustments,
	assessmentAmendments,
	assessmentComments,
	assessmentObjections,
	assessmentResults
} from '#db/schema/assessment-results.ts';
import { assessmentCycles, assessmentUnits } from '#db/schema/assessments.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import { can } from '../access/scope.ts';
import type { Context, SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import type { Inputs } from './inputs.ts';
import { findScheme } from './schemes/read-scheme.ts';

const adjuster = alias(people, 'adjuster');

/** One result with all that was done about it. @throws not-found result.not-found */
export async function getResult(ctx: Context, id: string) {
	const found = isId(id) ? await findResult(ctx, eq(assessmentResults.id, id)) : undefined;
	if (!found || !can(ctx.actor, 'result:view', found.unitPath)) throw notFound('result');
	return withHistory(ctx, found);
}

/** The actor's own result of a year, once it has been published. @throws not-found result.not-found */
export async function getOwnResult(ctx: SignedIn, year: number) {
	const found = await findResult(
		ctx,
		and(
			eq(assessmentResults.personId, ctx.actor.personId),
			eq(assessmentResults.year, year),
			sql`${assessmentCycles.publishedAt} is not null`
		)
	);
	if (!found) throw notFound('result');
	return withHistory(ctx, found);
}

async function findResult({ db }: Context, where: SQL | undefined) {
	const [found] = await db
		.select({
			result: assessmentResults,
			cycle: assessmentCycles,
			name: people.name,
			staffNumber: people.staffNumber,
			title: people.title,
			unit: assessmentUnits.name,
			reviewUnitId: assessmentUnits.reviewUnitId,
			unitPath: units.path
		})
		.from(assessmentResults)
		.innerJoin(assessmentCycles, eq(assessmentCycles.id, assessmentResults.cycleId))
		.innerJoin(people, eq(people.id, assessmentResults.personId))
		.innerJoin(units, eq(units.id, assessmentResults.unitId))
		.innerJoin(
			assessmentUnits,
			and(eq(assessmentUnits.cycleId, assessmentResults.cycleId), eq(assessmentUnits.unitId, assessmentResults.unitId))
		)
		.where(where);
	if (!found) return undefined;
	const { result, ...rest } = found;
	return { ...result, inputs: result.inputs as Inputs, ...rest };
}

type Found = NonNullable<Awaited<ReturnType<typeof findResult>>>;

async function withHistory(ctx: Context, found: Found) {
	const { db } = ctx;
	const by = { name: adjuster.name };
	const adjustments = await db
		.select({ adjustment: assessmentAdjustments, ...by })
		.from(assessmentAdjustments)
		.innerJoin(adjuster, eq(adjuster.id, assessmentAdjustments.adjustedBy))
		.where(eq(assessmentAdjustments.resultId, found.id))
		.orderBy(asc(assessmentAdjustments.adjustedAt), asc(assessmentAdjustments.id));
	const comments = await db
		.select({ comment: assessmentComments, ...by })
		.from(assessmentComments)
		.innerJoin(adjuster, eq(adjuster.id, assessmentComments.writtenBy))
		.where(eq(assessmentComments.resultId, found.id))
		.orderBy(asc(assessmentComments.writtenAt), asc(assessmentComments.id));
	const objections = await db
		.select({ objection: assessmentObjections, ...by })
		.from(assessmentObjections)
		.leftJoin(adjuster, eq(adjuster.id, assessmentObjections.decidedBy))
		.where(eq(assessmentObjections.resultId, found.id))
		.orderBy(asc(assessmentObjections.raisedAt), asc(assessmentObjections.id));
	const amendments = await db
		.select({ amendment: assessmentAmendments, ...by })
		.from(assessmentAmendments)
		.innerJoin(adjuster, eq(adjuster.id, assessmentAmendments.amendedBy))
		.where(eq(assessmentAmendments.resultId, found.id))
		.orderBy(asc(assessmentAmendments.amendedAt), asc(assessmentAmendments.id));
	const [grade] = await db
		.select()
		.from(annualGrades)
		.where(and(eq(annualGrades.personId, found.personId), eq(annualGrades.year, found.year)))
		.orderBy(desc(annualGrades.enteredAt), desc(annualGrades.id))
		.limit(1);
	const latest = amendments.at(-1)?.amendment;
	return {
		...found,
		scheme: (await findScheme(ctx, found.schemeId))!,
		holds: { score: latest?.toScore ?? found.score, band: latest?.toBand ?? found.band },
		adjustments,
		comments,
		objections,
		amendments,
		grade: grade ?? null,
		evidence: await evidenceOf(ctx, found.inputs)
	};
}

/** Names of the exams that a result rests on, as they are called now. */
async function evidenceOf({ db }: Context, { exams }: Inputs): Promise<Record<string, string>> {
	if (exams.length === 0) return {};
	const { rows } = await db.execute<{ id: string; title: string }>(
		sql`select id, title from exams where id = any(${sql.param(exams.map(({ examId }) => examId))}::uuid[])`
	);
	return Object.fromEntries(rows.map(({ id, title }) => [id, title]));
}
