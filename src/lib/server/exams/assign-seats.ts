import { sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { people } from '#db/schema/people.ts';
import type * as schemas from '#lib/schemas/exam-candidates.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { lockExam } from './queries.ts';

const orders = {
	name: sql`${people.name} collate "zh-x-icu", ${people.id}`,
	number: sql`${people.staffNumber}::text collate "C"`,
	random: sql`random()`
};

/**
 * Seats everybody who is due to sit an on-site exam, anew: `012` in one room, `2-012` where rooms hold so many.
 * @returns how many were seated
 * @throws conflict exam.not-on-site | exam.not-published, not-found exam.not-found
 */
export function assignSeats(
	ctx: SignedIn,
	{ examId, order, perRoom }: v.InferOutput<typeof schemas.assignSeats>
): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const exam = await lockExam(ctx, examId);
		if (!exam.onSite) throw conflict('exam.not-on-site');
		if (exam.state !== 'published') throw conflict('exam.not-published');
		const room = perRoom ?? null;
		const { rows } = await ctx.db.execute(sql`
			update ${examCandidates} set seat = case
				when ${room}::int is null then lpad(place::text, 3, '0')
				else ((place - 1) / ${room}::int + 1) || '-' || lpad(((place - 1) % ${room}::int + 1)::text, 3, '0') end
			from (
				select c.person_id, (row_number() over (order by ${orders[order]}))::int as place
				from exam_candidates c join ${people} on ${people.id} = c.person_id
				where c.exam_id = ${examId} and c.status = 'due') seated
			where ${examCandidates.examId} = ${examId} and ${examCandidates.personId} = seated.person_id
			returning ${examCandidates.personId}`);
		await record(ctx, 'exam.seats-assigned', examId, { people: rows.length, order, perRoom: room });
		return rows.length;
	});
}
