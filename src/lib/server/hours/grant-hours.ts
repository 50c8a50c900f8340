import { hourEntries } from '#db/schema/hours.ts';
import type { Context } from '../platform/context.ts';
import { yearOf } from '../platform/dates.ts';
import { newId } from '../platform/ids.ts';

export type Grant = {
	personId: string;
	unitId: string | null;
	category: 'required' | 'elective' | 'online' | 'class';
	/** What the course or event is worth, never time measured. */
	hours: number;
	source: 'course' | 'event' | 'external';
	sourceId: string;
};

/** Enters training hours into the ledger: one entry per person and source, however often it is asked for. */
export async function grantHours({ db, now }: Context, grant: Grant): Promise<void> {
	await db
		.insert(hourEntries)
		.values({ id: newId(), year: yearOf(now), at: now, ...grant })
		.onConflictDoNothing();
}
