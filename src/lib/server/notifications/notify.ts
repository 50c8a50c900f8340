import { sql } from 'drizzle-orm';
import { notifications } from '#db/schema/notifications.ts';
import type { Context } from '../platform/context.ts';
import { idList } from '../platform/id-list.ts';

/**
 * What people are told, by kind; the sentence of each is the message `notifications_<kind>`.
 * `values` fill the sentence: titles in both languages, dates, counts.
 */
export type Notice = {
	kind:
		| 'digest'
		| 'overdue_liaison'
		| 'overdue_hr'
		| 'reminded'
		| 'extended'
		| 'withdrawn'
		| 'programme_left'
		| 'programme_changed'
		| 'programme_withdrawn'
		| 'promotion_opened'
		| 'promotion_exempted'
		| 'promotion_postponed'
		| 'role_lent'
		| 'role_returned'
		| 'result_confirmed'
		| 'result_published'
		| 'result_amended'
		| 'review_opened'
		| 'review_returned'
		| 'review_reminded'
		| 'objection_raised'
		| 'objection_decided'
		| 'exam_announced'
		| 'exam_extended'
		| 'exam_cancelled'
		| 'exam_released'
		| 'exam_rescored'
		| 'exam_marking'
		| 'appeal_answered'
		| 'event_invited'
		| 'event_moved'
		| 'event_seat'
		| 'event_cancelled'
		| 'event_corrected'
		| 'training_confirmed'
		| 'training_refused'
		| 'training_revoked'
		| 'exemption_asked'
		| 'exemption_filed'
		| 'exemption_approved'
		| 'exemption_deferred'
		| 'exemption_refused'
		| 'exemption_ended'
		| 'question_returned'
		| 'question_published'
		| 'certificate_issued'
		| 'certificate_revoked'
		| 'correction_asked'
		| 'correction_accepted'
		| 'correction_refused'
		| 'indicators_published'
		| 'sheet_handed_in'
		| 'sheet_given_back'
		| 'sheet_verified'
		| 'report_asked'
		| 'report_due'
		| 'report_late'
		| 'report_submitted'
		| 'report_returned'
		| 'report_accepted'
		| 'report_extended'
		| 'inspection_found'
		| 'inspection_answered';
	/** The thing and the reason: the same occasion is told once. */
	occasion: string;
	href: string;
	values?: Record<string, unknown>;
};

/**
 * Tells people something in the app, at once; by mail it goes along with their next digest. Whoever has been told of the same
 * occasion is not told again. One statement for any number.
 */
export async function notify(
	{ db, now }: Context,
	personIds: string[],
	{ kind, occasion, href, values = {} }: Notice
): Promise<void> {
	if (personIds.length === 0) return;
	await db.execute(sql`
		insert into ${notifications} (id, person_id, kind, occasion, href, values, created_at, waits)
		select gen_random_uuid(), person_id, ${kind}, ${occasion}, ${href}, ${JSON.stringify(values)}::jsonb, ${now}, true
		from ${idList(personIds)} as told (person_id)
		order by person_id
		on conflict do nothing`);
}

/** What one person is told by a digest. */
export type DigestNotice = { personId: string; digestId: string; values: Record<string, unknown> };

/** Puts digests into the app; each once. They wait for no mail: they are what is mailed. */
export async function notifyOfDigests({ db, now }: Context, told: DigestNotice[]): Promise<void> {
	if (told.length === 0) return;
	await db.execute(sql`
		insert into ${notifications} (id, person_id, kind, occasion, href, values, created_at, digest_id)
		select gen_random_uuid(), "personId", 'digest', "digestId", '/today', values, ${now}, "digestId"::uuid
		from json_to_recordset(${JSON.stringify(told)}::json) as told ("personId" uuid, "digestId" text, values jsonb)
		on conflict do nothing`);
}
