import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import { assessmentResults } from '#db/schema/assessment-results.ts';
import { assessmentCycles } from '#db/schema/assessments.ts';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examKeyChanges } from '#db/schema/exam-marking.ts';
import { examQuestionFigures } from '#db/schema/exam-statistics.ts';
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
			...(await listUnmoved(ctx, exam, { personIds, before: change.changedAt }))
		}))
	);
}

/** Results that people look at by themselves after a key was mended: signed before, or adjusted by hand. */
async function listUnmoved(ctx: SignedIn, exam: Exam, of: { personIds: string[]; before: Date }) {
	return {
		/** Signed before the points changed, and not amended since. */
		toAmend: await listResting(ctx, exam, of, {
			state: sql`${assessmentCycles.signedAt} <= ${of.before}`,
			done: sql`select 1 from assessment_amendments d where d.result_id = ${assessmentResults.id} and d.amended_at >= ${of.before}`
		}),
		/** Adjusted before the points changed, and not since. */
		toReview: await listResting(ctx, exam, of, {
			state: sql`(${assessmentCycles.signedAt} is null or ${assessmentCycles.signedAt} > ${of.before}) and ${restsOn(exam)} and ${isAdjusted}`,
			done: sql`select 1 from assessment_adjustments d where d.result_id = ${assessmentResults.id} and d.adjusted_at >= ${of.before}`
		})
	};
}

const restsOn = ({ id }: Exam): SQL =>
	sql`${assessmentResults.inputs} -> 'exams' @> jsonb_build_array(jsonb_build_object('examId', ${id}::text))`;
const isAdjusted = sql`exists (select 1 from assessment_adjustments a where a.result_id = ${assessmentResults.id})`;

/** Results of the exam's year, of people within reach, in such a state, about which nothing was done since. */
function listResting(
	{ db, actor }: SignedIn,
	exam: Exam,
	{ personIds }: { personIds: string[] },
	{ state, done }: { state: SQL; done: SQL }
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
				sql`${assessmentResults.personId} in ${idList(personIds)} and ${state} and not exists (${done})`,
				within(actor, 'result:view', units.path)
			)
		)
		.orderBy(sql`${people.name} collate "zh-x-icu"`)
		.limit(listed);
}

/** How many results that are not signed follow the points of these people by themselves. */
async function countFollowing({ db }: SignedIn, exam: Exam, personIds: string[]): Promise<number> {
	return db.$count(
		assessmentResults,
		sql`${assessmentResults.personId} in ${idList(personIds)} and ${restsOn(exam)} and not ${isAdjusted}
			and ${assessmentResults.cycleId} in (select c.id from assessment_cycles c where c.signed_at is null)`
	);
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
	/** Annual results that follow by themselves, and those that somebody looks at. */
	following: number;
	toAmend: Awaited<ReturnType<typeof listResting>>;
	toReview: Awaited<ReturnType<typeof listResting>>;
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
		following: await countFollowing(ctx, exam, effect.personIds),
		...(await listUnmoved(ctx, exam, { personIds: effect.personIds, before: ctx.now }))
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
