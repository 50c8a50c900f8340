import { sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { annualGrades } from '#db/schema/annual-grades.ts';
import type * as schemas from '#lib/schemas/assessments.ts';
import type { Grade } from '#lib/schemas/assessments.ts';
import { can, demandNotOwn } from '../../access/scope.ts';
import { record } from '../../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../../platform/context.ts';
import { invalid, notFound } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { lockResults } from '../lock-result.ts';

/**
 * Enters the annual grade that the assessment committee decided, with its document. Nothing here works one out. Another entry
 * takes its place, with a reason.
 * @throws invalid grade.reason-needed | grade.same, forbidden access.own-case, not-found result
 */
export function enterGrade(ctx: SignedIn, input: v.InferOutput<typeof schemas.enterGrade>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const [found] = await lockResults(ctx, [input.resultId]);
		if (!found || !can(ctx.actor, 'grade:edit', found.path)) throw notFound('result');
		const { personId, year } = found.result;
		demandNotOwn(ctx, personId);
		const held = await heldGrade(ctx, personId, year);
		if (held?.grade === input.grade && held.document === input.document)
			throw invalid('grade.same', { field: 'grade' });
		if (held && !input.because) throw invalid('grade.reason-needed', { field: 'because' });
		const id = newId();
		await ctx.db.insert(annualGrades).values({
			id,
			personId,
			year,
			grade: input.grade,
			document: input.document,
			decidedOn: input.decidedOn,
			because: held ? input.because : null,
			source: 'typed',
			enteredBy: ctx.actor.personId,
			enteredAt: ctx.now
		});
		await record(ctx, 'grade.entered', personId, { year, grade: input.grade, gradeId: id });
	});
}

/** The grade that holds for a person and a year. */
export async function heldGrade({ db }: Context, personId: string, year: number) {
	const { rows } = await db.execute<{ grade: Grade; document: string }>(sql`
		select grade, document from annual_grades where person_id = ${personId} and year = ${year} order by entered_at desc, id desc limit 1`);
	return rows[0];
}
