import { eq, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { exams } from '#db/schema/exams.ts';
import { record } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { enqueue } from '../platform/enqueue.ts';
import { idList } from '../platform/id-list.ts';
import { candidatesNamed } from './candidates-named.ts';
import { checkBlueprint } from './check-blueprint.ts';
import { type Exam, listPapers, lockExam } from './queries.ts';

/**
 * Announces an exam: fixes who is due to sit, tells them, and has their papers made. From now on blueprint, marks and policies
 * stand still.
 * @returns how many are due to sit
 * @throws conflict exam.not-draft | exam.window-over | exam.blueprint-short | exam.no-paper | exam.nobody, not-found exam.not-found
 */
export function publishExam(ctx: SignedIn, examId: string): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const exam = await lockExam(ctx, examId);
		if (exam.state !== 'draft') throw conflict('exam.not-draft');
		if (exam.closesAt <= ctx.now) throw conflict('exam.window-over', { field: 'closesAt' });
		await demandFeasible(ctx, exam);

		await ctx.db.update(exams).set({ state: 'published', publishedAt: ctx.now }).where(eq(exams.id, examId));
		const added = await enterCandidates(ctx, exam);
		if (added === 0) throw conflict('exam.nobody');
		await record(ctx, 'exam.published', examId, { candidates: added });
		return added;
	});
}

async function demandFeasible(ctx: Context, exam: Exam): Promise<void> {
	const papers = await checkBlueprint(ctx, exam, await listPapers(ctx, exam.id));
	if (papers.length === 0) throw conflict('exam.no-paper');
	const short = papers.find(({ feasible }) => !feasible);
	if (!short) return;
	const section = short.sections.find(({ missing }) => missing > 0);
	const { wanted = 0, missing = 0 } = section ?? {};
	throw conflict('exam.blueprint-short', { values: { wanted, available: wanted - missing } });
}

/**
 * Enters whoever the exam names and is not yet a candidate, tells them, and queues the making of papers. What somebody was granted in
 * an exam is granted in its make-up exam too. In the caller's transaction.
 * @param only of those named, these people
 * @throws conflict exam.no-paper where somebody's rank has no paper
 */
export async function enterCandidates(
	ctx: Context,
	{ id, title, opensAt, makeUpOfId }: Exam,
	only?: readonly string[]
): Promise<number> {
	const meant = only ? sql`named.person_id in ${idList(only)}` : sql`true`;
	const { rows: without } = await ctx.db.execute(
		sql`select 1 from (${candidatesNamed(ctx, id)}) named where named.paper_id is null and ${meant} limit 1`
	);
	if (without.length > 0) throw conflict('exam.no-paper');

	const { rows } = await ctx.db.execute<{ personId: string }>(sql`
		insert into ${examCandidates} (exam_id, person_id, unit_id, rank, leadership_level, paper_id, opens_at, closes_at,
			extra_minutes, pause_minutes, accommodated_because)
		select ${id}, named.person_id, named.unit_id, named.rank, named.leadership_level, named.paper_id, named.opens_at, named.closes_at,
			coalesce(before.extra_minutes, 0), coalesce(before.pause_minutes, 0), before.accommodated_because
		from (${candidatesNamed(ctx, id)}) named
		left join exam_candidates before on before.exam_id = ${makeUpOfId} and before.person_id = named.person_id
		where ${meant}
		order by named.person_id
		on conflict do nothing
		returning person_id as "personId"`);
	await notify(
		ctx,
		rows.map(({ personId }) => personId),
		{
			kind: 'exam_announced',
			occasion: id,
			href: `/exams/${id}`,
			values: { title: { 'zh-CN': title, en: title }, opensAt: opensAt.toISOString() }
		}
	);
	await enqueue(ctx, 'exams.prepare-papers', { examId: id }, { key: `exams.prepare-papers ${id}` });
	return rows.length;
}
