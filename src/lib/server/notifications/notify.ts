import { notifications } from '#db/schema/notifications.ts';
import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';

/**
 * What people are told, by kind; the sentence of each is the message `notifications_<kind>`.
 * `values` fill the sentence: titles in both languages, dates, counts.
 */
export type Notice = {
	kind: 'assigned' | 'due_soon' | 'reminded' | 'extended' | 'withdrawn' | 'promotion_opened' | 'result_confirmed';
	/** The thing and the reason: the same occasion is told once. */
	occasion: string;
	href: string;
	values?: Record<string, unknown>;
};

const batch = 1_000;

/** Tells people something in the app. Whoever has been told of the same occasion is not told again. */
export async function notify(
	{ db, now }: Context,
	personIds: string[],
	{ kind, occasion, href, values = {} }: Notice
): Promise<void> {
	for (let from = 0; from < personIds.length; from += batch) {
		const rows = personIds
			.slice(from, from + batch)
			.map((personId) => ({ id: newId(), personId, kind, occasion, href, values, createdAt: now }));
		await db.insert(notifications).values(rows).onConflictDoNothing();
	}
}
