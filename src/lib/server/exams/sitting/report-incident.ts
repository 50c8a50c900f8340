import { sql } from 'drizzle-orm';
import { examAttempts, examIncidents } from '#db/schema/exam-sittings.ts';
import type { SignedIn } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';

/** Kept of one attempt at most: what a human reads, not what a script can write. */
export const mostIncidents = 200;

export interface Incident {
	attemptId: string;
	kind: 'focus-lost';
	/** How long the page was out of sight. */
	seconds: number;
}

/** Notes what happened while the actor's own attempt was open. Has no consequence by itself; what is beyond the bound is let go. */
export async function reportIncident(
	{ db, actor, now }: SignedIn,
	{ attemptId, kind, seconds }: Incident
): Promise<void> {
	await db.execute(sql`
		insert into ${examIncidents} (id, attempt_id, kind, at, detail)
		select ${newId()}, id, ${kind}, ${now}, ${JSON.stringify({ seconds })}::jsonb from ${examAttempts}
		where id = ${attemptId} and person_id = ${actor.personId} and state = 'open'
			and (select count(*) from ${examIncidents} i where i.attempt_id = ${attemptId}) < ${mostIncidents}`);
}
