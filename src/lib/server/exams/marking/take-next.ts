import { sql } from 'drizzle-orm';
import { examMarks } from '#db/schema/exam-marking.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict } from '../../platform/errors.ts';
import { answerCode, getMarkableExam, isWrittenAnswer, needsSecond } from './written-answers.ts';

interface Waiting extends Record<string, unknown> {
	attemptId: string;
	slot: number;
	round: number;
	code: string;
}

/**
 * Gives the actor the next written answer to mark: one that they have begun, or one that waits for a first marker, for a second
 * where it is among the sample, or for a third where two differ. Nobody marks their own, nor the same answer twice. Answers to
 * one question follow each other, in an order that tells nothing of their authors. Whoever is still to sit the exam themselves
 * reads neither its reference answers nor what others wrote.
 * @returns the code of the answer; undefined where none waits for the actor
 * @throws not-found exam.not-found, conflict mark.still-to-sit
 */
export function takeNext(ctx: SignedIn, examId: string): Promise<string | undefined> {
	return atomically(ctx, async (ctx) => {
		const { exam } = await getMarkableExam(ctx, examId);
		if (await isStillToSit(ctx, examId)) throw conflict('mark.still-to-sit');
		const begun = await findBegun(ctx, examId);
		if (begun) return begun;
		for (;;) {
			const [next] = await findWaiting(ctx, exam);
			if (!next) return undefined;
			const { attemptId, slot, round, code } = next;
			const taken = await ctx.db
				.insert(examMarks)
				.values({ attemptId, slot, round, markerId: ctx.actor.personId, criteria: [], score: 0, updatedAt: ctx.now })
				.onConflictDoNothing()
				.returning({ round: examMarks.round });
			if (taken.length > 0) return code;
		}
	});
}

async function isStillToSit({ db, actor, now }: SignedIn, examId: string): Promise<boolean> {
	const { rows } = await db.execute(sql`
		select 1 from exam_candidates c
		where c.exam_id = ${examId} and c.person_id = ${actor.personId} and c.status = 'due' and not exists (
			select 1 from exam_attempts t where t.exam_id = c.exam_id and t.person_id = c.person_id and t.state in ('submitted', 'marked', 'released'))
		and (c.closes_at + make_interval(mins => c.extra_minutes) > ${now} or exists (
			select 1 from exam_attempts t where t.exam_id = c.exam_id and t.person_id = c.person_id and t.state = 'open'))`);
	return rows.length > 0;
}

async function findBegun({ db, actor }: SignedIn, examId: string): Promise<string | undefined> {
	const { rows } = await db.execute<{ code: string }>(sql`
		select ${answerCode('m')} as code
		from exam_marks m join exam_attempts t on t.id = m.attempt_id
		join exam_answers a on a.attempt_id = m.attempt_id and a.slot = m.slot
		where t.exam_id = ${examId} and t.state = 'submitted' and a.score is null and m.marker_id = ${actor.personId} and not m.final
		order by m.updated_at limit 1`);
	return rows[0]?.code;
}

async function findWaiting(
	{ db, actor }: SignedIn,
	exam: { id: string; secondMarkerShare: number; markerDifference: number }
): Promise<Waiting[]> {
	const { rows } = await db.execute<Waiting>(sql`
		select a.attempt_id as "attemptId", a.slot, ${answerCode('a')} as code,
			case when not 1 = any (marks.rounds) then 1 when not 2 = any (marks.rounds) then 2 else 3 end as round
		from exam_attempts t
		join exam_answers a on a.attempt_id = t.id
		cross join lateral (
			select count(*)::int as taken, coalesce(array_agg(m.round), '{}') as rounds, coalesce(bool_and(m.final), false) as final,
				coalesce(max(m.score) - min(m.score), 0) as apart,
				coalesce(bool_or(m.marker_id = ${actor.personId}), false) as own
			from exam_marks m where m.attempt_id = a.attempt_id and m.slot = a.slot) marks
		where t.exam_id = ${exam.id} and t.state = 'submitted' and t.person_id <> ${actor.personId}
			and ${isWrittenAnswer} and a.score is null and not marks.own
			and (marks.taken = 0
				or (marks.taken = 1 and ${needsSecond('a', exam.secondMarkerShare)})
				or (marks.taken = 2 and marks.final and marks.apart > ${exam.markerDifference}))
		order by a.question_id, code
		limit 1 for update of a skip locked`);
	return rows;
}
