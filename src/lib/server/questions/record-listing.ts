import { type AnyColumn, sql } from 'drizzle-orm';
import { auditEntries } from '#db/schema/audit.ts';
import { questions } from '#db/schema/questions.ts';
import { record } from '../audit/record.ts';
import type { SignedIn } from '../platform/context.ts';
import { dateOf, startOfDay } from '../platform/dates.ts';
import { idList } from '../platform/id-list.ts';

/**
 * Puts on record that the actor came across questions in a list: one line that names those which exams may ask and which are new
 * to the actor today. A question that was opened says so in a line of its own (`recordViewing`).
 */
export async function recordListing(ctx: SignedIn, questionIds: readonly string[]): Promise<void> {
	if (questionIds.length === 0) return;
	const named = sql`jsonb_array_elements_text(${auditEntries.details} -> 'questions')`;
	const ofToday = sql`${auditEntries.actorId} = ${ctx.actor.personId} and ${auditEntries.at} >= ${startOfDay(dateOf(ctx.now))}`;
	const { rows } = await ctx.db.execute<{ id: string }>(sql`
		with seen as materialized (
			select ${auditEntries.subjectId}::text as id from ${auditEntries}
			where ${auditEntries.action} = 'question.viewed' and ${ofToday}
			union
			select ${named} from ${auditEntries} where ${auditEntries.action} = 'question.listed' and ${ofToday})
		select ${questions.id} as id from ${questions}
		where ${questions.id} in ${idList(questionIds)} and ${questions.use} <> 'practice' and ${questions.courseId} is null
			and not exists (select 1 from seen where seen.id = ${questions.id}::text)
		order by ${questions.code}`);
	if (rows.length === 0) return;
	await record(ctx, 'question.listed', null, { count: rows.length, questions: rows.map(({ id }) => id) });
}

/** Whether a line of the audit record is about a list with this question in it. */
export const listed = (questionId: AnyColumn | string) =>
	sql`(${auditEntries.action} = 'question.listed' and ${auditEntries.details} -> 'questions' ? (${questionId})::text)`;
