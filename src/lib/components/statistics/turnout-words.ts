import { formatNumber, formatPercent } from '#lib/format/numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Turnout } from '#lib/server/exams/statistics/exam-figures.ts';

/** A share as a percentage; a dash where there is nothing to share. */
export const share = (part: number, whole: number): string => (whole > 0 ? formatPercent(part / whole) : '—');

/** The figures of a turnout in one line. Without `scores` who passed is left out. */
export function turnoutStats({ due, exempt, sat, absent, passed, failed, excellent }: Turnout, scores: boolean) {
	const marked = passed + failed;
	return [
		{ label: m.exams_due(), value: formatNumber(due) },
		{ label: m.exams_exempt(), value: formatNumber(exempt) },
		{ label: m.exams_sat(), value: formatNumber(sat), note: m.statistics_participation({ rate: share(sat, due) }) },
		{ label: m.exams_absent(), value: formatNumber(absent) },
		...(scores
			? [
					{
						label: m.exams_passed(),
						value: formatNumber(passed),
						note: m.statistics_pass({ rate: share(passed, marked) })
					},
					{ label: m.exams_failed(), value: formatNumber(failed) },
					{
						label: m.statistics_excellent(),
						value: formatNumber(excellent),
						note: m.statistics_excellent_rate({ rate: share(excellent, marked) })
					}
				]
			: [])
	];
}
