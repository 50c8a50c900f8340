import { and, eq, isNull } from 'drizzle-orm';
import { obligations } from '#db/schema/programmes.ts';
import type { Context } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { conflict, invalid, notFound } from '../../platform/errors.ts';

export type Duty = typeof obligations.$inferSelect;

/** The duty of somebody that a request is about, with its row taken. @throws not-found obligation, conflict exemption.nothing-left | exemption.exempt-already */
export async function lockDuty({ db, now }: Context, id: string, personId: string): Promise<Duty> {
	const [duty] = await db
		.select()
		.from(obligations)
		.where(and(eq(obligations.id, id), eq(obligations.personId, personId), isNull(obligations.withdrawnAt)))
		.for('update');
	if (!duty) throw notFound('obligation');
	if (duty.completedAt || (duty.expiresOn && duty.expiresOn < dateOf(now))) throw conflict('exemption.nothing-left');
	if (duty.exemptAt) throw conflict('exemption.exempt-already');
	return duty;
}

/** A later date has to be later, and no later than the thing can be done at all. @throws invalid exemption.not-later | exemption.after-expiry */
export function demandLater({ now }: Context, { dueOn, expiresOn }: Duty, until: string): void {
	if (until <= dueOn || until <= dateOf(now)) throw invalid('exemption.not-later', { field: 'until' });
	if (expiresOn && until > expiresOn) throw invalid('exemption.after-expiry', { field: 'until' });
}
