import { eq, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examMarkers } from '#db/schema/exam-marking.ts';
import { exams } from '#db/schema/exams.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import { can, demand, within } from '../access/scope.ts';
import type { SignedIn } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { hasSat, standingAt, type Standing } from './list-exams.ts';
import { type Exam, getExam } from './queries.ts';

/** What the actor may do with an exam; what they see of its candidates is another matter. */
export interface ExamRights {
	edit: boolean;
	/** Mark written answers: by role, or named for this exam. */
	mark: boolean;
	/** Answer appeals and decide about late answers: by role alone. */
	decide: boolean;
	invigilate: boolean;
	/** See the questions of its papers: whoever keeps the bank there. */
	questions: boolean;
	/** See all of its candidates, not only some. */
	whole: boolean;
}

export interface ExamView {
	exam: Exam;
	standing: Standing;
	unit: string;
	createdBy: string;
	/** The exam that this one makes up for. */
	makeUpOf: { id: string; title: string } | null;
	may: ExamRights;
}

/** An exam for its pages, with what the actor may do. The access code is for those who edit or invigilate. @throws not-found exam.not-found */
export async function readExam(ctx: SignedIn, examId: string): Promise<ExamView> {
	demand(ctx, 'exam:view');
	const exam = await getExam(ctx, examId);
	const { db, actor, now } = ctx;
	const [more] = await db
		.select({
			standing: standingAt(now),
			unit: units.name,
			path: units.path,
			createdBy: people.name,
			former: sql<{ id: string; title: string } | null>`(
				select json_build_object('id', former.id, 'title', former.title) from exams former where former.id = ${exams.makeUpOfId})`,
			marks: sql<boolean>`exists (
				select 1 from ${examMarkers} where ${examMarkers.examId} = ${exams.id} and ${examMarkers.personId} = ${actor.personId})`
		})
		.from(exams)
		.innerJoin(units, eq(units.id, exams.unitId))
		.innerJoin(people, eq(people.id, exams.createdBy))
		.where(eq(exams.id, exam.id));
	const { standing, unit, path, createdBy, former, marks } = more!;
	const may = {
		edit: can(actor, 'exam:edit', path),
		mark: marks || can(actor, 'exam:mark', path),
		decide: can(actor, 'exam:mark', path),
		invigilate: can(actor, 'exam:invigilate', path),
		questions: can(actor, 'question:view', path),
		whole: can(actor, 'exam:view', path)
	};
	const accessCode = may.edit || may.invigilate ? exam.accessCode : null;
	return { exam: { ...exam, accessCode }, standing, unit, createdBy, makeUpOf: former, may };
}

/** What the tabs of an exam go by; null for somebody who was named to mark it and may open none of its other pages. */
export async function findExamView(ctx: SignedIn, examId: string): Promise<ExamView | null> {
	try {
		return await readExam(ctx, examId);
	} catch (error) {
		if (error instanceof DomainError) return null;
		throw error;
	}
}

/** How the candidates within reach stand: 应考, 免考, 实考, 缺考 and what came of it. */
export interface CandidateCounts {
	due: number;
	exempt: number;
	waiting: number;
	open: number;
	sat: number;
	absent: number;
	passed: number;
	failed: number;
	/** Of those due to sit, how many have their paper. */
	prepared: number;
	accommodated: number;
}

/** Counts the candidates of an exam within reach. @param scores whether the actor may know who passed; otherwise nobody has */
export async function countCandidates(
	{ db, actor }: SignedIn,
	examId: string,
	scores: boolean
): Promise<CandidateCounts> {
	const attempt = (states: string) => sql`exists (
		select 1 from exam_attempts t where t.exam_id = ${examCandidates.examId} and t.person_id = ${examCandidates.personId}
			and t.state in (${sql.raw(states)}))`;
	const count = (condition: ReturnType<typeof sql>) => sql<number>`(count(*) filter (where ${condition}))::int`;
	const due = sql`${examCandidates.status} = 'due'`;
	const [counts] = await db
		.select({
			due: count(due),
			exempt: count(sql`${examCandidates.status} = 'exempt'`),
			waiting: count(
				sql`${due} and ${examCandidates.outcome} is null and not ${attempt(`'open', 'submitted', 'marked', 'released'`)}`
			),
			open: count(attempt(`'open'`)),
			sat: count(hasSat),
			absent: count(sql`${examCandidates.outcome} = 'absent'`),
			passed: count(sql`${scores} and ${examCandidates.outcome} = 'passed'`),
			failed: count(sql`${scores} and ${examCandidates.outcome} = 'failed'`),
			prepared: count(sql`${due} and ${attempt(`'prepared', 'open', 'submitted', 'marked', 'released'`)}`),
			accommodated: count(sql`${examCandidates.extraMinutes} > 0 or ${examCandidates.pauseMinutes} > 0`)
		})
		.from(examCandidates)
		.innerJoin(units, eq(units.id, examCandidates.unitId))
		.where(sql`${examCandidates.examId} = ${examId} and ${within(actor, 'exam:view', units.path)}`);
	return counts!;
}
