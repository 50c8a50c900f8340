import { m } from '#lib/paraglide/messages.js';
import type { PeopleView } from '#lib/schemas/completion.ts';

/** What the people behind a figure have in common. */
export const peopleViewNames: Record<PeopleView, () => string> = {
	overdue: m.completion_people_state_overdue,
	'not-started': m.completion_people_state_not_started,
	'in-progress': m.completion_people_state_in_progress,
	completed: m.completion_people_state_completed,
	exempt: m.completion_people_state_exempt,
	soon: m.completion_people_state_soon
};
