import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examPapers, examSections } from '#db/schema/exam-papers.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { units } from '#db/schema/units.ts';
import type { Ability } from '../access/abilities.ts';
import { within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';

export type Exam = typeof exams.$inferSelect;
export type Paper = typeof examPapers.$inferSelect;
export type Section = typeof examSections.$inferSelect;
export type PaperWithSections = Paper & { sections: Section[] };

/**
 * Which exams the actor may look at: those held on behalf of units within reach, and those that people within reach sit.
 * Whose candidates are seen follows from the candidate's unit, never from the exam's.
 */
export function visible({ actor }: Context): SQL {
	return sql`(
		exists (select 1 from ${units} where ${units.id} = ${exams.unitId} and ${within(actor, 'exam:view', units.path)})
		or exists (
			select 1 from ${examCandidates} join ${units} on ${units.id} = ${examCandidates.unitId}
			where ${examCandidates.examId} = ${exams.id} and ${exams.state} <> 'draft' and ${within(actor, 'exam:view', units.path)}))`;
}

/** An exam that the actor may look at. @throws not-found exam.not-found */
export async function getExam(ctx: Context, examId: string): Promise<Exam> {
	const [exam] = isId(examId)
		? await ctx.db
				.select()
				.from(exams)
				.where(and(eq(exams.id, examId), visible(ctx)))
		: [];
	if (!exam) throw notFound('exam');
	return exam;
}

/** Takes the row of an exam of a unit over which the actor holds an ability. @throws not-found exam.not-found */
export async function lockExam({ db, actor }: Context, examId: string, ability: Ability = 'exam:edit'): Promise<Exam> {
	const [found] = isId(examId)
		? await db
				.select({ exam: exams })
				.from(exams)
				.innerJoin(units, eq(units.id, exams.unitId))
				.where(and(eq(exams.id, examId), within(actor, ability, units.path)))
				.for('update', { of: exams })
		: [];
	if (!found) throw notFound('exam');
	return found.exam;
}

/**
 * Lets nobody decide about the exams of these attempts (`lockExam`) until the caller's transaction ends: a key that is being mended,
 * an end that is being moved is waited for. Others may hold them too. Taken before the attempts themselves.
 */
export async function holdExamsOf({ db }: Context, attempts: SQL): Promise<void> {
	await db.execute(sql`
		select 1 from ${exams} where ${exams.id} in (select ${examAttempts.examId} from ${examAttempts} where ${attempts})
		order by ${exams.id} for key share`);
}

/** The papers of an exam with their sections, in order. */
export async function listPapers({ db }: Context, examId: string): Promise<PaperWithSections[]> {
	const papers = await db
		.select()
		.from(examPapers)
		.where(eq(examPapers.examId, examId))
		.orderBy(asc(examPapers.position));
	const ids = papers.map(({ id }) => id);
	const sections =
		ids.length > 0
			? await db
					.select()
					.from(examSections)
					.where(inArray(examSections.paperId, ids))
					.orderBy(asc(examSections.position))
			: [];
	return papers.map((paper) => ({ ...paper, sections: sections.filter(({ paperId }) => paperId === paper.id) }));
}
