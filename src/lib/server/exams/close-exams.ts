import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { exams } from '#db/schema/exams.ts';
import { atomically, type Context } from '../platform/context.ts';
import { settleCandidates } from './settle-candidates.ts';

/** Writes down who was absent, once their own window is over. Runs every minute; may run twice without harm. */
export async function closeExams(ctx: Context): Promise<number> {
	const over = sql`${examCandidates.closesAt} + make_interval(mins => ${examCandidates.extraMinutes}) <= ${ctx.now}`;
	const waiting = await ctx.db
		.select({ examId: examCandidates.examId, personIds: sql<string[]>`array_agg(${examCandidates.personId})` })
		.from(examCandidates)
		.innerJoin(exams, eq(exams.id, examCandidates.examId))
		.where(
			and(
				inArray(exams.state, ['published', 'released']),
				eq(examCandidates.status, 'due'),
				isNull(examCandidates.outcome),
				over,
				sql`not exists (
					select 1 from exam_attempts t
					where t.exam_id = ${examCandidates.examId} and t.person_id = ${examCandidates.personId}
						and t.state not in ('prepared', 'voided'))`,
				sql`${exams.kind} <> 'mock'`
			)
		)
		.groupBy(examCandidates.examId);
	let settled = 0;
	for (const { examId, personIds } of waiting) {
		settled += (await atomically(ctx, (ctx) => settleCandidates(ctx, examId, personIds))).length;
	}
	return settled;
}
