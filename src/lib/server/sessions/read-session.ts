import type { Session } from 'lucia';
import type { Actor } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { briefly, remembered } from './lucia.ts';

export type Holder = { session: Session; actor: Actor & { personId: string }; name: string; unitName: string | null };

/** Who holds the session that a cookie names; undefined where it has ended. Grants count from their first to before their last day. */
export async function readSession(cookies: { brief: string | undefined; remembered: string | undefined }, now: Date): Promise<Holder | undefined> {
	const [lucia, id] = cookies.remembered ? [remembered, cookies.remembered] : [briefly, cookies.brief];
	if (!id) return undefined;

	const { session, user } = await lucia.validateSession(id);
	if (!session) return undefined;

	const today = dateOf(now);
	const grants = user.grants.filter(({ startsOn, endsOn }) => startsOn <= today && (endsOn === null || endsOn > today));
	return { session, name: user.name, unitName: user.unitName, actor: { personId: user.id, unitPath: user.unitPath, grants } };
}
