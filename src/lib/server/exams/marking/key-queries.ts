import { and, desc, eq, sql } from 'drizzle-orm';
import { assessmentAmendments, assessmentCycles, assessmentResults } from '#db/schema/assessments.ts';
import { examCandidates, examKeyChanges, examQuestionFigures } from '#db/schema/exams.ts';
import { people } from '#db/schema/people.ts';
import { questions } from '#db/schema/questions.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../../access/scope.ts';
import type { SignedIn } from '../../platform/context.ts';
import { yearOf } from '../../platform/dates.ts';
import { notFound } from '../../platform/errors.ts';
import { idList } from '../../platform/id-list.ts';
import { isId } from '../../platform/ids.ts';
import { letterOf } from '../../questions/letters.ts';
import type { AskedQuestion } from '../../questions/stored-question.ts';
import { type Exam, lockExam } from '../queries.ts';
import { isWritten } from '../score-slot.ts';
import type { QuestionFigures } from '../statistics/question-figures.ts';
import { type KeyChange, type KeyEffect, previewKey, readVersions } from './mend-key.ts';

/** What the page about the key of a question in an exam needs. @throws not-found exam.not-found | question.not-found */
export async function readKey(ctx: SignedIn, exam: Exam, questionId: string) {
	const [question] = isId(questionId)
		? await ctx.db
				.select({ id: questions.id, code: questions.code, kind: questions.kind })
				.from(questions)
				.where(eq(questions.id, questionId))
		: [];
	if (!question) throw notFound('question');
	const { from, to } = await readVersions(ctx, exam.id, questionId);
	const [kept] = await ctx.db
		.select({ figures: examQuestionFigures.figures })
		.from(examQuestionFigures)
		.where(and(eq(examQuestionFigures.examId, exam.id), eq(examQuestionFigures.questionId, questionId)));
	return {
		question,
		written: isWritten(question.kind),
		/** The actor was asked it: somebody else mends it. */
		own: await wasAsked(ctx, exam.id, questionId),
		from: { number: from.number, key: keyInLetters(from.content) },
		to: { number: to.number, key: keyInLetters(to.content) },
		figures: (kept?.figures as QuestionFigures | undefined) ?? null,
		history: await listChanges(ctx, exam, questionId)
	};
}

async function wasAsked({ db, actor }: SignedIn, examId: string, questionId: string): Promise<boolean> {
	const { rows } = await db.execute(sql`
		select 1 from exam_attempts t join exam_answers a on a.attempt_id = t.id
		where t.exam_id = ${examId} and t.person_id = ${actor.personId} and a.question_id = ${questionId}
			and t.state in ('submitted', 'marked', 'released')`);
	return rows.length > 0;
}

/** The key as letters where options are chosen, as a judgement, or null for kinds whose key is a text of its own. */
function keyInLetters(content: AskedQuestion): string[] | boolean | null {
	if (content.kind === 'true-false') return content.key;
	if (content.kind === 'single' || content.kind === 'multiple') return [...content.key];
	if (content.kind === 'ordering') return content.items.map((_, index) => letterOf(index));
	return null;
}

async function listChanges(ctx: SignedIn, exam: Exam, questionId: string) {
	const changes = await ctx.db
		.select({
			id: examKeyChanges.id,
			policy: examKeyChanges.policy,
			reason: examKeyChanges.reason,
			rescored: examKeyChanges.rescored,
			turned: examKeyChanges.turned,
			changedAt: examKeyChanges.changedAt,
			personIds: examKeyChanges.personIds,
			changedBy: people.name
		})
		.from(examKeyChanges)
		.innerJoin(people, eq(people.id, examKeyChanges.changedBy))
		.where(and(eq(examKeyChanges.examId, exam.id), eq(examKeyChanges.questionId, questionId)))
		.orderBy(desc(examKeyChanges.changedAt));
	return Promise.all(
		changes.map(async ({ personIds, ...change }) => ({
			...change,
			toAmend: await listConfirmed(ctx, exam, { personIds, before: change.changedAt })
		}))
	);
}

/**
 * Results of the exam's year of people within reach that were confirmed before their points changed, and not amended since: nothing
 * else moves them.
 */
function listConfirmed(
	{ db, actor }: SignedIn,
	exam: Exam,
	{ personIds, before }: { personIds: string[]; before: Date }
) {
	return db
		.select({
			resultId: assessmentResults.id,
			cycleId: assessmentResults.cycleId,
			name: people.name,
			staffNumber: people.staffNumber,
			unit: units.name
		})
		.from(assessmentResults)
		.innerJoin(assessmentCycles, eq(assessmentCycles.id, assessmentResults.cycleId))
		.innerJoin(people, eq(people.id, assessmentResults.personId))
		.innerJoin(units, eq(units.id, assessmentResults.unitId))
		.where(
			and(
				eq(assessmentResults.year, yearOf(exam.opensAt)),
				sql`${assessmentCycles.signedAt} <= ${before} and ${assessmentResults.personId} in ${idList(personIds)}`,
				sql`not exists (
					select 1 from ${assessmentAmendments}
					where ${assessmentAmendments.resultId} = ${assessmentResults.id} and ${assessmentAmendments.amendedAt} >= ${before})`,
				within(actor, 'result:view', units.path)
			)
		)
		.orderBy(sql`${people.name} collate "zh-x-icu"`)
		.limit(listed);
}

/** People named on the page; the counts are of all. */
const listed = 200;

/** A change with what it means, and the people behind the figures as far as they are within reach. */
export interface DescribedEffect {
	change: Omit<KeyChange, 'examId' | 'questionId'>;
	asked: number;
	rescored: number;
	turned: number;
	people: {
		personId: string;
		name: string;
		staffNumber: string;
		unit: string;
		from: string | null;
		to: string | null;
	}[];
	toAmend: Awaited<ReturnType<typeof listConfirmed>>;
}

/** Previews a change, with names. Throws what mending would throw. */
export async function describePreview(ctx: SignedIn, change: KeyChange): Promise<DescribedEffect> {
	const effect = await previewKey(ctx, change);
	const exam = await lockExam(ctx, change.examId);
	const { policy, reason } = change;
	return {
		change: { policy, reason },
		asked: effect.asked,
		rescored: effect.personIds.length,
		turned: effect.turned.length,
		people: await nameTurned(ctx, change.examId, effect),
		toAmend: await listConfirmed(ctx, exam, { personIds: effect.personIds, before: ctx.now })
	};
}

async function nameTurned({ db, actor }: SignedIn, examId: string, { turned }: KeyEffect) {
	const outcomes = new Map(turned.map(({ personId, from, to }) => [personId, { from, to }]));
	const rows = await db
		.select({ personId: people.id, name: people.name, staffNumber: people.staffNumber, unit: units.name })
		.from(examCandidates)
		.innerJoin(people, eq(people.id, examCandidates.personId))
		.innerJoin(units, eq(units.id, examCandidates.unitId))
		.where(
			and(
				eq(examCandidates.examId, examId),
				sql`${examCandidates.personId} in ${idList([...outcomes.keys()])}`,
				within(actor, 'exam:view', units.path)
			)
		)
		.orderBy(sql`${people.name} collate "zh-x-icu"`)
		.limit(listed);
	return rows.map((row) => ({ ...row, ...outcomes.get(row.personId)! }));
}
