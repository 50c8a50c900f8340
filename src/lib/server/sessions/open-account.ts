import { sql } from 'drizzle-orm';
import { accounts } from '#db/schema/sessions.ts';
import type { Context } from '../platform/context.ts';

/** Gives people a way in. There is no password until the holder has set one through a link or a slip. */
export async function openAccounts({ db, now }: Context, personIds: string[]): Promise<void> {
	await db.execute(sql`
		insert into ${accounts} (person_id, created_at)
		select value::uuid, ${now} from json_array_elements_text(${JSON.stringify(personIds)}::json)
		on conflict do nothing`);
}

/** The same for one person. */
export const openAccount = (ctx: Context, personId: string): Promise<void> => openAccounts(ctx, [personId]);
