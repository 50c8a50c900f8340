import type { State } from '#lib/components/ui/Status.svelte';
import { formatDate } from '#lib/format/dates.ts';
import { formatPoints } from '#lib/format/numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import type { OwnExam } from '#lib/server/exams/sitting/list-own-exams.ts';

/** How a candidate stands in an exam, as a fact with its time. */
export function standingOf(exam: OwnExam, zone: string): { state: State; words: string } {
	const at = (instant: Date | null) => (instant ? formatDate(instant, 'clock', zone) : '');
	switch (exam.standing) {
		case 'running':
			return { state: 'going', words: m.sitting_standing_running({ time: at(exam.deadlineAt) }) };
		case 'open':
			return { state: 'soon', words: m.sitting_standing_open({ time: formatDate(exam.closesAt, 'instant', zone) }) };
		case 'waiting':
			return { state: 'none', words: m.sitting_standing_waiting({ time: at(exam.until) }) };
		case 'ahead':
			return { state: 'none', words: m.sitting_standing_ahead() };
		case 'entry-closed':
			return { state: 'late', words: m.sitting_standing_entry_closed() };
		case 'missed':
			return { state: 'late', words: m.sitting_standing_missed() };
		case 'exempt':
			return { state: 'exempt', words: m.sitting_standing_exempt() };
		case 'cancelled':
			return { state: 'exempt', words: m.sitting_standing_cancelled() };
		case 'handed-in':
			return resultOf(exam);
	}
}

function resultOf({ score, outcome, excellent }: OwnExam): { state: State; words: string } {
	if (score === null || outcome === null || outcome === 'absent')
		return { state: 'done', words: m.sitting_standing_handed_in() };
	const points = formatPoints(score);
	if (outcome === 'failed') return { state: 'none', words: m.sitting_result_failed({ points }) };
	return {
		state: 'done',
		words: excellent ? m.sitting_result_excellent({ points }) : m.sitting_result_passed({ points })
	};
}

/** When an exam can be sat, and how long it takes. */
export function timeOf({ opensAt, closesAt, minutes, extraMinutes, seat }: OwnExam, zone: string): string {
	const window = m.sitting_window({
		from: formatDate(opensAt, 'instant', zone),
		to: formatDate(closesAt, 'instant', zone),
		minutes: minutes + extraMinutes
	});
	return seat ? `${window} · ${m.sitting_seat({ seat })}` : window;
}
