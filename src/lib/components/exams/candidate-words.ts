import type { State } from '#lib/components/ui/Status.svelte';
import { m } from '#lib/paraglide/messages.js';

export type CandidateState = 'exempt' | 'waiting' | 'open' | 'submitted' | 'marked' | 'absent' | 'passed' | 'failed';

const states: Record<CandidateState, { state: State; words: () => string }> = {
	exempt: { state: 'exempt', words: m.exams_candidate_exempt },
	waiting: { state: 'none', words: m.exams_candidate_waiting },
	open: { state: 'going', words: m.exams_candidate_open },
	submitted: { state: 'done', words: m.exams_candidate_submitted },
	marked: { state: 'done', words: m.exams_candidate_marked },
	absent: { state: 'late', words: m.exams_candidate_absent },
	passed: { state: 'done', words: m.exams_candidate_passed },
	failed: { state: 'late', words: m.exams_candidate_failed }
};

/** How a candidate stands, as a shape and a word. */
export function candidateStanding({ state, excellent }: { state: CandidateState; excellent: boolean }) {
	const { state: shape, words } = states[state];
	return { state: shape, words: state === 'passed' && excellent ? m.exams_candidate_excellent() : words() };
}

/** Extra time and pauses, which everybody may know who sees the list; the reason is not in it. */
export function accommodationWords({
	extraMinutes,
	pauseMinutes
}: {
	extraMinutes: number;
	pauseMinutes: number;
}): string {
	return [
		extraMinutes > 0 ? m.exams_extra_minutes({ count: extraMinutes }) : '',
		pauseMinutes > 0 ? m.exams_pause_minutes({ count: pauseMinutes }) : ''
	]
		.filter(Boolean)
		.join(' · ');
}
