import { m } from '#lib/paraglide/messages.js';
import type { EventView } from '#lib/server/events/read-event.ts';

/** How an event stands, as the finding over its pages. */
export function eventHeading({ event, counts }: EventView): string {
	switch (event.state) {
		case 'planned':
			return counts.invited === 0
				? m.events_heading_planned_nobody()
				: m.events_heading_planned({ count: counts.invited });
		case 'open':
			return counts.waiting > 0
				? m.events_heading_open_waiting({ coming: counts.coming, waiting: counts.waiting, invited: counts.invited })
				: m.events_heading_open({ coming: counts.coming, invited: counts.invited });
		case 'held':
			return counts.unnoted > 0 ? m.events_heading_held({ count: counts.unnoted }) : m.events_heading_held_all();
		case 'closed':
			return m.events_heading_closed({
				attended: counts.attended,
				others: counts.partial + counts.onLeave + counts.absent
			});
		case 'cancelled':
			return m.events_heading_cancelled();
	}
}
