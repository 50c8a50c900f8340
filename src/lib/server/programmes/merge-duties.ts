import type { CalendarDate } from '../platform/dates.ts';
import { type ObligationState, stateOf } from './obligation-state.ts';

type Owed = Parameters<typeof stateOf>[0] & { id: string; courseId: string | null };

/** What asks for one thing: by the earliest date, with everything that asks for it, the earliest first. */
export type Merged<Row> = Row & { state: ObligationState; reasons: Row[] };

/**
 * One line for what is to be done once, however many rules ask for the same course: the earliest date counts, every reason is
 * told. Something that is open already stands before what is still to come.
 * @param rows by due date
 */
export function mergeDuties<Row extends Owed>(rows: Row[], today: CalendarDate): Merged<Row>[] {
	const things = Map.groupBy(rows, ({ id, courseId }) => courseId ?? id);
	return [...things.values()].map((reasons) => {
		const judged = reasons.map((row) => ({ row, state: stateOf(row, today) }));
		const { row, state } = judged.find(({ state }) => state !== 'upcoming') ?? judged[0]!;
		return { ...row, state, reasons };
	});
}
