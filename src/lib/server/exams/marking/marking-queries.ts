import { sql } from 'drizzle-orm';
import type { SignedIn } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import type { Answer } from '../../questions/score-answer.ts';
import { type AskedQuestion, stemHtml } from '../../questions/stored-question.ts';
import { countStuck } from './mark-attempts.ts';
import { open } from './save-mark.ts';
import { rubricPoints } from './rubric-points.ts';
import { answerCode, getMarkableExam, isWrittenAnswer, needsSecond } from './written-answers.ts';

/** How far the marking of an exam's written answers has come. */
export interface MarkingProgress {
	written: number;
	/** Have their points. */
	done: number;
	/** Wait for a first, a second or a third marker to finish. */
	first: number;
	second: number;
	third: number;
	/** Papers that wait for nothing but marks. */
	papers: number;
}

export interface MarkerProgress {
	personId: string;
	name: string;
	/** Named for this exam; others mark because of their role. */
	named: boolean;
	finished: number;
	begun: number;
	/** Mean share of the points given, 0 to 1: how strict. */
	meanShare: number | null;
}

/** Progress of the marking, and what waits for the actor. */
export async function readMarking(ctx: SignedIn, examId: string) {
	const { exam, mayEdit } = await getMarkableExam(ctx, examId);
	const { rows: counted } = await ctx.db.execute<MarkingProgress & { own: number } & Record<string, unknown>>(sql`
		select count(*)::int as written, count(*) filter (where score is not null)::int as done,
			count(*) filter (where score is null and final = 0)::int as first,
			count(*) filter (where score is null and final = 1)::int as second,
			count(*) filter (where score is null and final >= 2)::int as third,
			count(distinct attempt_id) filter (where score is null)::int as papers,
			count(*) filter (where score is null and begun or score is null and not own and person_id <> ${ctx.actor.personId}
				and (taken = 0 or (taken = 1 and sampled) or (taken = 2 and final = 2)))::int as own
		from (
			select a.attempt_id, a.score, t.person_id, ${needsSecond('a', sql`${exam.secondMarkerShare}::int`)} as sampled, marks.*
			from exam_attempts t join exam_answers a on a.attempt_id = t.id
			cross join lateral (
				select count(*)::int as taken, (count(*) filter (where m.final))::int as final,
					coalesce(bool_or(m.marker_id = ${ctx.actor.personId}), false) as own,
					coalesce(bool_or(m.marker_id = ${ctx.actor.personId} and not m.final), false) as begun
				from exam_marks m where m.attempt_id = a.attempt_id and m.slot = a.slot) marks
			where t.exam_id = ${examId} and t.state in ('submitted', 'marked', 'released')
				and a.response is not null and ${isWrittenAnswer}) answers`);
	const { own, ...progress } = counted[0]!;
	return {
		exam,
		mayEdit,
		progress: progress as MarkingProgress,
		waiting: own,
		stuck: await countStuck(ctx, examId),
		markers: await listMarkers(ctx, examId)
	};
}

/** Whoever has marked or was named to, with how far they have come. */
export async function listMarkers({ db }: SignedIn, examId: string): Promise<MarkerProgress[]> {
	const { rows } = await db.execute<MarkerProgress & Record<string, unknown>>(sql`
		with marked as (
			select m.marker_id, m.final, m.score / a.points as share
			from exam_marks m
			join exam_attempts t on t.id = m.attempt_id and t.exam_id = ${examId}
			join exam_answers a on a.attempt_id = m.attempt_id and a.slot = m.slot)
		select p.id as "personId", p.name, exists (select 1 from exam_markers k where k.exam_id = ${examId} and k.person_id = p.id) as named,
			count(marked.marker_id) filter (where marked.final)::int as finished,
			count(marked.marker_id) filter (where not marked.final)::int as begun,
			(avg(marked.share) filter (where marked.final))::float8 as "meanShare"
		from people p left join marked on marked.marker_id = p.id
		where p.id in (select marker_id from marked union select person_id from exam_markers where exam_id = ${examId})
		group by p.id, p.name
		order by p.name collate "zh-x-icu", p.id`);
	return rows;
}

/** A written answer as its marker sees it: without anything that says whose it is. */
export interface AnswerToMark {
	code: string;
	round: number;
	final: boolean;
	stemHtml: string;
	reference: string;
	text: string;
	points: number;
	/** With what the draft has given so far; null where it is open. */
	rubric: { criterion: string; points: number; given: number | null }[];
	comment: string;
	updatedAt: Date | null;
}

/** An answer that the actor has taken. @throws not-found exam.not-found | mark.not-found */
export async function readAnswerToMark(ctx: SignedIn, examId: string, code: string): Promise<AnswerToMark> {
	await getMarkableExam(ctx, examId);
	const { rows } = await ctx.db.execute<{
		round: number;
		final: boolean;
		criteria: string[];
		comment: string;
		points: number;
		parameters: Record<string, number> | null;
		response: Answer;
		content: AskedQuestion;
		updated_at: string;
	}>(sql`
		select m.round, m.final, m.criteria::text[] as criteria, m.comment, a.points::float8 as points, a.parameters, a.response, v.content, m.updated_at
		from exam_marks m
		join exam_attempts t on t.id = m.attempt_id and t.exam_id = ${examId}
		join exam_answers a on a.attempt_id = m.attempt_id and a.slot = m.slot
		join question_versions v on v.id = a.question_version_id
		where m.marker_id = ${ctx.actor.personId} and ${answerCode('m')} = ${code}`);
	const [row] = rows;
	if (!row || !('rubric' in row.content) || !('text' in row.response)) throw notFound('mark');
	const { content, response } = row;
	const most = rubricPoints(content.rubric, row.points);
	return {
		code,
		round: row.round,
		final: row.final,
		stemHtml: stemHtml(content, row.parameters ?? {}),
		reference: content.reference,
		text: response.text,
		points: row.points,
		rubric: content.rubric.map(({ criterion }, index) => {
			const given = Number(row.criteria[index] ?? open);
			return { criterion, points: most[index]!, given: given === open ? null : given };
		}),
		comment: row.comment,
		updatedAt: row.criteria.length > 0 ? new Date(row.updated_at) : null
	};
}
