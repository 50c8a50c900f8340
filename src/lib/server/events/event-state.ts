/** Where an event stands. The database refuses every other way between two states (trigger events_transition). */
export type EventState = 'planned' | 'open' | 'held' | 'closed' | 'cancelled';

/**
 * planned: being prepared, nobody knows of it. open: people are invited and answer. held: it took place, attendance is being
 * completed. closed: attendance is settled and hours are granted. cancelled: called off, with a reason.
 */
export const transitions: Record<EventState, readonly EventState[]> = {
	planned: ['open', 'cancelled'],
	open: ['held', 'cancelled'],
	held: ['closed'],
	closed: [],
	cancelled: []
};

/** May an event go from one state to another? */
export const canGo = (from: EventState, to: EventState): boolean => transitions[from].includes(to);

/** States in which the plan may still change. */
export const isOpenToChange = (state: EventState): boolean => state === 'planned' || state === 'open';
