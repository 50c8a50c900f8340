import type { Step } from '#lib/components/ui/Steps.svelte';
import { formatDate } from '#lib/format/dates.ts';
import { formatNumber } from '#lib/format/numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CycleState } from './words.ts';

type Cycle = { id: string; year: number; state: CycleState; results: number; objectionsUntil: string | null };
type Counts = { open: number; late: number; objections: number };

const order: CycleState[] = [
	'open',
	'drafting',
	'drafted',
	'unit-review',
	'hr-review',
	'published',
	'signed',
	'closed'
];

/** The six steps of the year, with what each means. */
export function stepsOf({ state }: Pick<Cycle, 'state'>): Step[] {
	const steps: { label: string; hint: string; from: CycleState }[] = [
		{ label: m.assessments_step_draft(), hint: m.assessments_step_draft_hint(), from: 'open' },
		{ label: m.assessments_state_unit_review(), hint: m.assessments_step_unit_hint(), from: 'unit-review' },
		{ label: m.assessments_state_hr_review(), hint: m.assessments_step_hr_hint(), from: 'hr-review' },
		{ label: m.assessments_step_publish(), hint: m.assessments_step_publish_hint(), from: 'published' },
		{ label: m.assessments_step_sign(), hint: m.assessments_step_sign_hint(), from: 'signed' },
		{ label: m.assessments_step_close(), hint: m.assessments_step_close_hint(), from: 'closed' }
	];
	const at = order.indexOf(state);
	const current = steps.findLastIndex(({ from }) => order.indexOf(from) <= at);
	return steps.map(({ label, hint }, index) => ({
		label,
		hint,
		state: index < current || state === 'closed' ? 'done' : index === current ? 'current' : 'ahead'
	}));
}

/** The finding that heads the page of a cycle. */
export function titleOf({ year, state, results, objectionsUntil }: Cycle, { open, late, objections }: Counts): string {
	const count = formatNumber(results);
	switch (state) {
		case 'open':
			return m.assessments_title_open({ year });
		case 'drafting':
			return m.assessments_title_drafting({ year });
		case 'drafted':
			return m.assessments_title_drafted({ year, count });
		case 'unit-review':
			return late > 0
				? m.assessments_title_late({ year, count: late })
				: open > 0
					? m.assessments_title_unit_review({ year, count: open })
					: m.assessments_title_units_done({ year });
		case 'hr-review':
			return m.assessments_title_hr_review({ year });
		case 'published':
			return objections > 0
				? m.assessments_title_objections({ year, count: objections })
				: m.assessments_title_published({ year, date: formatDate(objectionsUntil ?? '', 'long', 'UTC') });
		case 'signed':
			return m.assessments_title_signed({ year });
		case 'closed':
			return m.assessments_title_closed({ year, count });
	}
}
