import { sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import type { SignedIn } from '../platform/context.ts';
import { prepared } from '../platform/prepared.ts';

const counts = prepared((db) =>
	db
		.select({
			unread: sql<number>`(select count(*)::int from notifications n where n.person_id = people.id and n.read_at is null)`,
			todo: sql<number>`(select count(*)::int from obligations o where o.person_id = people.id and o.completed_at is null and o.withdrawn_at is null)`
		})
		.from(people)
		.where(sql`${people.id} = ${sql.placeholder('personId')}`)
		.prepare('viewer_counts')
);

/** The two figures in the frame of every page: notifications not read, duties not done. */
export async function viewerCounts({ db, actor }: SignedIn): Promise<{ unread: number; todo: number }> {
	const [row] = await counts(db).execute({ personId: actor.personId });
	return row ?? { unread: 0, todo: 0 };
}
