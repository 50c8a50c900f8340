import { eq, sql } from 'drizzle-orm';
import { units } from '#db/schema/units.ts';
import { can } from '../access/scope.ts';
import { nameParticipants } from '../exams/name-participants.ts';
import { getExam } from '../exams/queries.ts';
import type { SignedIn } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import type { Event } from './queries.ts';

/**
 * Lets whoever takes part in a class sit the exam that ends it: as soon as they have said that they come, were entered as having
 * come, or were seen in a session. Part of the caller's transaction; asked again, it changes nothing.
 */
export async function sendToExam(ctx: SignedIn, { id, examId }: Pick<Event, 'id' | 'examId'>): Promise<void> {
	if (!examId) return;
	const { rows } = await ctx.db.execute<{ personId: string }>(sql`
		select p.person_id as "personId" from event_participants p
		where p.event_id = ${id} and (p.state = 'coming' or p.state <> 'removed' and exists (
			select 1 from event_presences n join event_sessions s on s.id = n.session_id
			where s.event_id = p.event_id and n.person_id = p.person_id and n.presence in ('present', 'partial')))
		order by p.person_id`);
	const personIds = rows.map(({ personId }) => personId);
	if (personIds.length > 0) await nameParticipants(ctx, examId, personIds);
}

/** Whoever lets a class end with an exam decides who sits it, and must be able to. @throws not-found exam.not-found, invalid event.exam-not-yours */
export async function demandExam(ctx: SignedIn, examId: string): Promise<void> {
	const { unitId } = await getExam(ctx, examId);
	const [unit] = await ctx.db.select({ path: units.path }).from(units).where(eq(units.id, unitId));
	if (!unit || !can(ctx.actor, 'exam:edit', unit.path)) throw invalid('event.exam-not-yours', { field: 'examId' });
}
