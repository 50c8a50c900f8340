import { and, eq, sql } from 'drizzle-orm';
import { examMarkers } from '#db/schema/exam-marking.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../../access/scope.ts';
import { record } from '../../audit/record.ts';
import { notify } from '../../notifications/notify.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, invalid, notFound } from '../../platform/errors.ts';
import { lockExam } from '../queries.ts';

/**
 * Names somebody within reach a marker of an exam, by staff number, and tells them where to begin.
 * @throws not-found exam.not-found; conflict exam.not-published; invalid marker.unknown | marker.named
 */
export function addMarker(
	ctx: SignedIn,
	{ examId, staffNumber }: { examId: string; staffNumber: string }
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const exam = await lockExam(ctx, examId);
		if (exam.state !== 'published') throw conflict('exam.not-published');
		const [person] = await ctx.db
			.select({ id: people.id })
			.from(people)
			.innerJoin(units, eq(units.id, people.unitId))
			.where(and(eq(people.staffNumber, staffNumber), within(ctx.actor, 'exam:edit', units.path)));
		if (!person) throw invalid('marker.unknown', { field: 'staffNumber' });

		const added = await ctx.db
			.insert(examMarkers)
			.values({ examId, personId: person.id })
			.onConflictDoNothing()
			.returning({ personId: examMarkers.personId });
		if (added.length === 0) throw invalid('marker.named', { field: 'staffNumber' });
		await record(ctx, 'marker.named', person.id, { examId });
		await notify(ctx, [person.id], {
			kind: 'exam_marking',
			occasion: examId,
			href: `/manage/exams/${examId}/marking`,
			values: { title: { 'zh-CN': exam.title, en: exam.title } }
		});
	});
}

/** Takes a marker off an exam. What they have finished stays; what they had begun goes back to the others. @throws not-found exam.not-found | marker.not-found */
export function removeMarker(ctx: SignedIn, { examId, personId }: { examId: string; personId: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await lockExam(ctx, examId);
		const removed = await ctx.db
			.delete(examMarkers)
			.where(and(eq(examMarkers.examId, examId), eq(examMarkers.personId, personId)))
			.returning({ personId: examMarkers.personId });
		if (removed.length === 0) throw notFound('marker');
		await ctx.db.execute(sql`
			delete from exam_marks m using exam_attempts t
			where t.id = m.attempt_id and t.exam_id = ${examId} and m.marker_id = ${personId} and not m.final`);
		await record(ctx, 'marker.removed', personId, { examId });
	});
}
