import { sql } from 'drizzle-orm';
import { practiceCards } from '#db/schema/practice.ts';
import { questions } from '#db/schema/questions.ts';
import type { SignedIn } from '../platform/context.ts';
import { addDays, dateOf, startOfDay } from '../platform/dates.ts';
import { pipelined } from '../platform/prepared.ts';
import { askable } from './askable.ts';

/** The instant before which a card is due today: what falls due in the evening may be reviewed in the morning. */
export const endOfToday = (now: Date): Date => startOfDay(addDays(dateOf(now), 1));

const { placeholder } = sql;

const counting = pipelined((db) =>
	db
		.select({ count: sql<number>`count(*)::int` })
		.from(practiceCards)
		.innerJoin(questions, sql`${questions.id} = ${practiceCards.questionId}`)
		.where(
			sql`${practiceCards.personId} = ${placeholder('personId')} and ${practiceCards.dueAt} < ${placeholder('until')}
				and ${practiceCards.dismissedAt} is null
				and ${askable(questions, { personId: sql`${placeholder('personId')}::uuid`, today: sql`${placeholder('today')}::date` })}`
		)
		.prepare('practice_due')
);

/** How many questions the actor is to review today. */
export async function countDue({ db, actor, now }: SignedIn): Promise<number> {
	const [row] = await counting(db).execute({
		personId: actor.personId,
		until: endOfToday(now).toISOString(),
		today: dateOf(now)
	});
	return row?.count ?? 0;
}
