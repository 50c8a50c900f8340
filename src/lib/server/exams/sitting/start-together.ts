import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { recordOfMany } from '../../audit/record.ts';
import { gathered } from '../../platform/gathered.ts';
import { mustWait } from '../../sessions/throttle.ts';

export interface Starting {
	examId: string;
	personId: string;
	writer: string;
	accessCode: string;
	/** Under which wrong access codes are counted. */
	tries: string;
	address: string;
	at: Date;
}

/**
 * Opens the paper that lies ready for each of those who start at the same moment: one statement and one line of the audit record
 * each, in one transaction. Undefined for whoever cannot start just like that; why is for `startAttempt` to find out.
 */
export const startTogether = gathered<Starting, string | undefined>({
	keyOf: ({ examId, personId }) => `${examId} ${personId}`,
	askAll: (db, starts) =>
		db.transaction(async (transaction) => {
			const opened = await open(transaction as unknown as Database, starts);
			await recordOfMany(
				transaction as unknown as Database,
				'attempt.started',
				opened.map(({ n, id, number }) => {
					const { at, personId, examId } = starts[n]!;
					return { at, actorId: personId, subjectId: id, details: { examId, number } };
				})
			);
			const ids = new Map(opened.map(({ n, id }) => [n, id]));
			return starts.map((_, n) => ids.get(n));
		})
});

/**
 * The rules of `entryRefusal`, `deadlineOf` and the place in SQL. The candidate's row is shared until the end, so that extra time,
 * an exemption or a moved end comes either before the start or finds the paper open.
 */
async function open(db: Database, starts: Starting[]): Promise<{ n: number; id: string; number: number }[]> {
	const given = JSON.stringify(starts.map((start, n) => ({ n, ...start })));
	const { rows } = await db.execute<{ n: number; id: string; number: number }>(sql`
		with own as (
			select given.n, given.at, given.writer, c.exam_id, c.person_id,
				least(
					given.at + make_interval(mins => e.minutes + c.extra_minutes),
					c.closes_at + make_interval(mins => c.extra_minutes)) as deadline_at
			from json_to_recordset(${given}::json) as given (n int, "examId" uuid, "personId" uuid, writer text, "accessCode" text, tries text, address text, at timestamptz)
			join ${examCandidates} c on c.exam_id = given."examId" and c.person_id = given."personId"
			join ${exams} e on e.id = c.exam_id
			where e.state = 'published' and c.status = 'due'
				and c.opens_at <= given.at and given.at < c.closes_at + make_interval(mins => c.extra_minutes)
				and (e.entry_minutes is null or given.at < c.opens_at + make_interval(mins => e.entry_minutes))
				and (e.access_code is null
					or (lower(btrim(given."accessCode")) = lower(e.access_code) and not ${mustWait(sql`given.tries`, sql`given.at`)}))
				and case when cardinality(e.address_ranges) = 0 then true
					else given.address::inet <<= any (e.address_ranges::inet[]) end
			order by c.exam_id, c.person_id
			for share of c)
		update ${examAttempts} set state = 'open', started_at = own.at, deadline_at = own.deadline_at, writer = own.writer
		from own
		where ${examAttempts.examId} = own.exam_id and ${examAttempts.personId} = own.person_id and ${examAttempts.state} = 'prepared'
		returning own.n, ${examAttempts.id}, ${examAttempts.number}`);
	return rows;
}
