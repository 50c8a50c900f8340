import { and, eq, type SQL, sql } from 'drizzle-orm';
import { examMarkers } from '#db/schema/exam-marking.ts';
import { exams } from '#db/schema/exams.ts';
import { units } from '#db/schema/units.ts';
import { can, within } from '../../access/scope.ts';
import type { SignedIn } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import type { Exam } from '../queries.ts';
import { writtenKinds } from '../score-slot.ts';

/** SQL: answer `a` is one that a person marks. */
export const isWrittenAnswer: SQL = sql`a.kind in (${sql.raw(writtenKinds.map((kind) => `'${kind}'`).join(', '))})`;

/** SQL: a digest of an answer's place, as steady as chance: the same for every run, and telling nothing of its author. */
const digest = (alias: string): SQL => {
	const [attempt, slot] = [sql.raw(`${alias}.attempt_id`), sql.raw(`${alias}.slot`)];
	return sql`encode(sha256(convert_to(${attempt}::text || ':' || ${slot}::text, 'UTF8')), 'hex')`;
};

/** SQL: the name under which markers know an answer. */
export const answerCode = (alias: string): SQL<string> => sql<string>`left(${digest(alias)}, 16)`;

/** SQL: whether an answer is among the share, in percent, that a second marker sees. Chosen by digest, not anew each time. */
export const needsSecond = (alias: string, share: number | SQL): SQL<boolean> =>
	sql<boolean>`(('x' || right(${digest(alias)}, 8))::bit(32)::bigint % 100 < ${share}::int)`;

export interface MarkableExam {
	exam: Exam;
	/** May name markers. */
	mayEdit: boolean;
}

/** An exam whose written answers the actor may mark: by ability over its unit, or because they were named a marker. @throws not-found exam.not-found */
export async function getMarkableExam({ db, actor }: SignedIn, examId: string): Promise<MarkableExam> {
	const [found] = isId(examId)
		? await db
				.select({ exam: exams, path: units.path })
				.from(exams)
				.innerJoin(units, eq(units.id, exams.unitId))
				.where(
					and(
						eq(exams.id, examId),
						sql`${exams.state} <> 'draft'`,
						sql`(${within(actor, 'exam:mark', units.path)} or exists (
							select 1 from ${examMarkers} where ${examMarkers.examId} = ${exams.id} and ${examMarkers.personId} = ${actor.personId}))`
					)
				)
		: [];
	if (!found) throw notFound('exam');
	return { exam: found.exam, mayEdit: can(actor, 'exam:edit', found.path) };
}

/**
 * An exam whose appeals and late answers the actor decides: by ability over its unit. Those who were only named to mark written
 * answers do not: an appeal may be about their own marks. @throws not-found exam.not-found
 */
export async function getDecidedExam(ctx: SignedIn, examId: string): Promise<Exam> {
	const [found] = isId(examId)
		? await ctx.db
				.select({ exam: exams })
				.from(exams)
				.innerJoin(units, eq(units.id, exams.unitId))
				.where(and(eq(exams.id, examId), sql`${exams.state} <> 'draft'`, within(ctx.actor, 'exam:mark', units.path)))
		: [];
	if (!found) throw notFound('exam');
	return found.exam;
}
