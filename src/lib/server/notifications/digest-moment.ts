import { addDays, dateOf, startOfDay } from '../platform/dates.ts';
import { nextAwake, type Quiet } from './quiet-hours.ts';

/** What belongs together comes together: a digest waits for so long after the first thing that it tells of. */
export const gatheringMinutes = 15;

type Waiting = {
	openedAt: Date;
	/** Once a day, or whenever something has come up. */
	rhythm: 'daily' | 'at-once';
	/** The last day on which somebody had their one digest. */
	lastOn: string | null;
};

/**
 * When an open digest goes out: a quarter of an hour after the first thing in it, never in quiet hours, and once a day unless its
 * reader wants everything at once. What comes up later on a day waits for the next.
 */
export function digestMoment({ openedAt, rhythm, lastOn }: Waiting, quiet: Quiet): Date {
	if (rhythm === 'at-once') return nextAwake(openedAt, quiet);
	const gathered = new Date(openedAt.getTime() + gatheringMinutes * 60_000);
	const moment = nextAwake(gathered, quiet);
	if (lastOn === null || dateOf(moment) > lastOn) return moment;
	return nextAwake(startOfDay(addDays(lastOn, 1)), quiet);
}
