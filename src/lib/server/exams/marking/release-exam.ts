import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { record } from '../../audit/record.ts';
import { notify } from '../../notifications/notify.ts';
import { announce } from '../../platform/announce.ts';
import { atomically, type Context, type SignedIn } from '../../platform/context.ts';
import { conflict } from '../../platform/errors.ts';
import { lockExam } from '../queries.ts';
import { settleCandidates } from '../settle-candidates.ts';
import { releaseAttempts } from './release-attempts.ts';

/** What stands between an exam and the release of its results. */
export interface ReleaseHindrance {
	/** Papers that are being sat, and papers that wait for marks. */
	open: number;
	unmarked: number;
	/** Candidates whose own window is not over. */
	entering: number;
}

/** Counts what has to come to its end before results can be released. */
export async function readHindrance({ db, now }: Context, examId: string): Promise<ReleaseHindrance> {
	const { rows } = await db.execute<ReleaseHindrance & Record<string, unknown>>(sql`
		select
			(select count(*)::int from ${examAttempts} where exam_id = ${examId} and state = 'open') as open,
			(select count(*)::int from ${examAttempts} where exam_id = ${examId} and state = 'submitted') as unmarked,
			(select count(*)::int from ${examCandidates} where exam_id = ${examId} and status = 'due'
				and closes_at + make_interval(mins => extra_minutes) > ${now}) as entering`);
	return rows[0]!;
}

/**
 * Releases the results of an exam: every marked paper to its owner, as far as the review policy goes. Whoever did not come is
 * absent from then on, and everybody who sat is told.
 * @returns how many people are told
 * @throws conflict exam.released | exam.not-published | exam.not-closed | exam.unmarked, not-found exam.not-found
 */
export function releaseExam(ctx: SignedIn, examId: string): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const exam = await lockExam(ctx, examId);
		if (exam.state === 'released') throw conflict('exam.released');
		if (exam.state !== 'published') throw conflict('exam.not-published');
		const { open, unmarked, entering } = await readHindrance(ctx, examId);
		if (open > 0 || entering > 0) throw conflict('exam.still-open');
		if (unmarked > 0) throw conflict('exam.unmarked', { values: { count: unmarked } });

		await settleAbsent(ctx, examId);
		const papers = await ctx.db
			.select({ id: examAttempts.id, state: examAttempts.state })
			.from(examAttempts)
			.where(and(eq(examAttempts.examId, examId), inArray(examAttempts.state, ['marked', 'released'])));
		const [marked, earlier] = [papers.filter(isMarked), papers.filter((paper) => !isMarked(paper))];
		await ctx.db.update(exams).set({ state: 'released', releasedAt: ctx.now }).where(eq(exams.id, examId));
		await record(ctx, 'exam.released', examId, { attempts: marked.length });
		const released = await releaseAttempts(
			ctx,
			marked.map(({ id }) => id)
		);
		// Whoever saw a little after their own attempt may see more now.
		if (earlier.length > 0) await announce(ctx, 'attempts.released', { attemptIds: earlier.map(({ id }) => id) });
		const told = [...new Set(released.map(({ personId }) => personId))];
		await notify(ctx, told, {
			kind: 'exam_released',
			occasion: examId,
			href: `/exams/${examId}`,
			values: { title: { 'zh-CN': exam.title, en: exam.title } }
		});
		return told.length;
	});
}

const isMarked = ({ state }: { state: string }): boolean => state === 'marked';

/** Nobody's outcome stays open once results are out. */
async function settleAbsent(ctx: Context, examId: string): Promise<void> {
	const open = await ctx.db
		.select({ personId: examCandidates.personId })
		.from(examCandidates)
		.where(and(eq(examCandidates.examId, examId), eq(examCandidates.status, 'due'), isNull(examCandidates.outcome)));
	await settleCandidates(
		ctx,
		examId,
		open.map(({ personId }) => personId)
	);
}
