import { formatDate } from '#lib/format/dates.ts';
import { m } from '#lib/paraglide/messages.js';

/** From when until when something stands. */
export function spanWords({ startsOn, endsOn }: { startsOn: string; endsOn: string | null }): string {
	const from = formatDate(startsOn, 'date', 'UTC');
	return endsOn
		? m.requirements_span({ from, to: formatDate(endsOn, 'date', 'UTC') })
		: m.requirements_span_open({ from });
}
