import { sql } from 'drizzle-orm';
import { auditEntries } from '#db/schema/audit.ts';
import { questions } from '#db/schema/questions.ts';
import { recordAll } from '../audit/record.ts';
import type { SignedIn } from '../platform/context.ts';
import { dateOf, startOfDay } from '../platform/dates.ts';
import { idList } from '../platform/id-list.ts';

/** The same as `recordViewing` for a whole page of questions, in one look: a line for each that exams may ask and that is new to the actor today. */
export async function recordViewings(ctx: SignedIn, questionIds: readonly string[]): Promise<void> {
	const unseen = await ctx.db
		.select({ id: questions.id })
		.from(questions)
		.where(
			sql`${questions.id} in ${idList(questionIds)} and ${questions.use} <> 'practice' and ${questions.courseId} is null
				and not exists (select 1 from ${auditEntries}
					where ${auditEntries.subjectId} = ${questions.id} and ${auditEntries.action} = 'question.viewed'
						and ${auditEntries.actorId} = ${ctx.actor.personId} and ${auditEntries.at} >= ${startOfDay(dateOf(ctx.now))})`
		);
	await recordAll(
		ctx,
		'question.viewed',
		unseen.map(({ id }) => ({ subjectId: id }))
	);
}
