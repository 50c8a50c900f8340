import type { Session } from 'lucia';
import type { Actor, Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { type Counts, type Lifetime, lucia } from './lucia.ts';

export type Holder = {
	session: Session;
	actor: Actor & { personId: string };
	name: string;
	unitName: string | null;
	counts: Counts;
};

/**
 * Who holds the session that a cookie names; undefined where it has ended. Grants count from their first to before their last day.
 * @param framed whether a page may be shown; what answers none does without the figures in its frame
 */
export async function readSession(
	ctx: Pick<Context, 'db' | 'now'>,
	cookies: Record<Lifetime, string | undefined>,
	framed = true
): Promise<Holder | undefined> {
	const [lifetime, id] = cookies.remembered
		? (['remembered', cookies.remembered] as const)
		: (['brief', cookies.brief] as const);
	if (!id) return undefined;

	const { session, user } = await lucia(ctx, lifetime, framed).validateSession(id);
	if (!session) return undefined;

	const today = dateOf(ctx.now);
	const grants = user.grants.filter(({ startsOn, endsOn }) => startsOn <= today && (endsOn === null || endsOn > today));
	const open = user.duties.filter(
		({ opensOn, expiresOn }) => (opensOn ?? today) <= today && (expiresOn ?? today) >= today
	);
	const now = ctx.now.getTime();
	const exams = user.exams.filter(
		({ from, until }) => Date.parse(from) <= now && (until === null || now < Date.parse(until))
	);
	return {
		session,
		name: user.name,
		unitName: user.unitName,
		counts: { unread: user.unread, todo: new Set(open.map(({ what }) => what)).size + exams.length },
		actor: { personId: user.id, unitPath: user.unitPath, grants }
	};
}
