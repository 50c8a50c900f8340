import { sql } from 'drizzle-orm';
import { examAttempts, examIncidents } from '#db/schema/exam-sittings.ts';
import { type exams } from '#db/schema/exams.ts';
import type { SignedIn } from '../../platform/context.ts';
import { forbidden } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { mostIncidents } from './report-incident.ts';

type Places = Pick<typeof exams.$inferSelect, 'addressRanges'>;

/** @throws forbidden exam.address where an exam is sat from certain places, and this is none of them */
export async function demandAddress(ctx: SignedIn, places: Places, address: string): Promise<void> {
	if (await isElsewhere(ctx, places, address)) throw forbidden('exam.address');
}

async function isElsewhere({ db }: SignedIn, { addressRanges }: Places, address: string): Promise<boolean> {
	if (addressRanges.length === 0) return false;
	const { rows } = await db.execute(sql`select 1 where ${address}::inet <<= any (${sql.param(addressRanges)}::inet[])`);
	return rows.length === 0;
}

/**
 * Notes that a paper that is sat from certain places is gone on with from elsewhere, such as on a device that was carried away; once
 * for each address. Nothing follows from it by itself: networks change under people's hands.
 */
export async function noteAddress(
	ctx: SignedIn,
	places: Places,
	{ attemptId, address }: { attemptId: string; address: string }
): Promise<void> {
	if (!(await isElsewhere(ctx, places, address))) return;
	const { db, actor, now } = ctx;
	await db.execute(sql`
		insert into ${examIncidents} (id, attempt_id, kind, at, detail)
		select ${newId()}, t.id, 'address-changed', ${now}, ${JSON.stringify({ address })}::jsonb from ${examAttempts} t
		where t.id = ${attemptId} and t.person_id = ${actor.personId} and t.state = 'open'
			and not exists (
				select 1 from ${examIncidents} i
				where i.attempt_id = t.id and i.kind = 'address-changed' and i.detail->>'address' = ${address})
			and (select count(*) from ${examIncidents} i where i.attempt_id = t.id) < ${mostIncidents}`);
}
