import { and, eq, sql } from 'drizzle-orm';
import { examTargets } from '#db/schema/exam-candidates.ts';
import { exams } from '#db/schema/exams.ts';
import { units } from '#db/schema/units.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { idList } from '../platform/id-list.ts';
import { addRows } from './add-targets.ts';
import { candidatesNamed } from './candidates-named.ts';
import { enterCandidates } from './publish-exam.ts';

/**
 * Lets people sit an exam because they take part in what it ends: named while it is a draft, candidates at once while it is
 * published and open. For whom it has no paper, and who is beyond the reach of its unit, is passed over; nobody is taken off. It was
 * decided when the exam was linked, by somebody who may edit it: whoever takes part needs no right of their own here.
 */
export function nameParticipants(ctx: SignedIn, examId: string, personIds: string[]): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const [found] = await ctx.db
			.select({ exam: exams, path: units.path })
			.from(exams)
			.innerJoin(units, eq(units.id, exams.unitId))
			.where(eq(exams.id, examId))
			.for('update', { of: exams });
		if (!found) return;
		const { exam, path } = found;
		if (exam.state !== 'draft' && (exam.state !== 'published' || exam.closesAt <= ctx.now)) return;

		const named = await ctx.db
			.select({ personId: examTargets.personId })
			.from(examTargets)
			.where(and(eq(examTargets.examId, examId), sql`${examTargets.personId} in ${idList(personIds)}`));
		const known = new Set(named.map(({ personId }) => personId));
		const added = personIds.filter((id) => !known.has(id));
		await addRows(
			ctx,
			examId,
			added.map((personId) => ({ personId }))
		);
		if (added.length > 0) await record(ctx, 'exam.targets-added', examId, { units: [], people: added.length });
		if (exam.state === 'draft') return;

		const reaching = { ...ctx, actor: { ...ctx.actor, grants: [{ role: 'hr' as const, unitPath: path }] } };
		const { rows } = await ctx.db.execute<{ id: string }>(sql`
			select named.person_id as id from (${candidatesNamed(reaching, examId)}) named
			where named.paper_id is not null and named.person_id in ${idList(personIds)}
				and not exists (select 1 from exam_candidates c where c.exam_id = ${examId} and c.person_id = named.person_id)`);
		if (rows.length === 0) return;
		await enterCandidates(
			reaching,
			exam,
			rows.map(({ id }) => id)
		);
	});
}
