import { type SQL, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { obligations } from '#db/schema/programmes.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/programmes.ts';
import type { Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { type ObligationState, stateIn } from './obligation-state.ts';

/** What a list of obligations is narrowed to. */
export type Listing = Partial<v.InferOutput<typeof schemas.listing>>;

/** The state of each obligation today, as SQL. */
export const stateToday = ({ now }: Context): SQL<ObligationState> => stateIn(sql`${obligations}`, dateOf(now));

/** The same words narrow a list on the page, in its export and in what a change touches. */
export function listed(ctx: Context, { state, q, unit }: Listing): SQL {
	const hit = `%${(q ?? '').replace(/[\\%_]/g, '\\$&')}%`;
	const parts: SQL[] = [sql`true`];
	if (state) parts.push(sql`${stateToday(ctx)} = ${state}`);
	if (q)
		parts.push(
			sql`(${people.name} || ' ' || ${people.pinyin} || ' ' || ${people.initials} || ' ' || ${people.staffNumber}::text) ilike ${hit}`
		);
	if (unit) parts.push(sql`${units.path} <@ (select path from units where id = ${unit})`);
	return sql.join(parts, sql` and `);
}
