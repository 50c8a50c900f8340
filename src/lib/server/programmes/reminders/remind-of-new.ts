import { type SQL, sql } from 'drizzle-orm';
import { reminders } from '#db/schema/reminders.ts';
import type { Context } from '../../platform/context.ts';
import { isLive } from '../obligation-state.ts';

/**
 * Has people told of duties that have just come up; what is exempt or done already is not spoken of, and what becomes so before the
 * digest goes out is left out of it. @param which a condition on the row `o` of obligations
 */
export async function remindOfNew({ db, now }: Context, which: SQL): Promise<void> {
	await db.execute(sql`
		insert into ${reminders} (id, person_id, obligation_id, step, due_on, made_at)
		select gen_random_uuid(), o.person_id, o.id, 'assigned', o.due_on, ${now}
		from obligations o where ${which} and ${isLive(sql`o`)}
		order by o.person_id, o.id
		on conflict do nothing`);
}
