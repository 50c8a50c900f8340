import type { State } from '#lib/components/ui/Status.svelte';
import { formatPoints } from '#lib/format/numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CorrectionState, RecordPart } from '#lib/schemas/records.ts';
import type { ExamLine } from '#lib/server/records/exams.ts';

/** The parts of a record, as its sections are headed. */
export const partWords: Record<RecordPart, () => string> = {
	person: m.records_person,
	courses: m.records_courses,
	exams: m.records_exams,
	events: m.records_events,
	external: m.events_external,
	hours: m.records_hours,
	promotions: m.promotions_own,
	results: m.nav_results,
	exemptions: m.exemptions_record,
	certificates: m.certificates_title
};

export const correctionWords: Record<CorrectionState, () => string> = {
	asked: m.records_correction_asked,
	accepted: m.records_correction_accepted,
	refused: m.records_correction_refused,
	withdrawn: m.records_correction_withdrawn
};

export const correctionShapes: Record<CorrectionState, State> = {
	asked: 'going',
	accepted: 'done',
	refused: 'none',
	withdrawn: 'none'
};

type Result = Pick<ExamLine, 'standing' | 'score' | 'outcome' | 'excellent'>;

/** What became of an exam, as far as its owner may see it. */
export function examResult({ standing, score, outcome, excellent }: Result): { state: State; words: string } {
	if (standing === 'exempt') return { state: 'exempt', words: m.sitting_standing_exempt() };
	if (standing === 'cancelled') return { state: 'exempt', words: m.sitting_standing_cancelled() };
	if (standing === 'missed' || standing === 'entry-closed' || outcome === 'absent')
		return { state: 'late', words: m.sitting_standing_missed() };
	if (score === null || outcome === null) return { state: 'done', words: m.sitting_standing_handed_in() };
	const points = formatPoints(score);
	if (outcome === 'failed') return { state: 'none', words: m.sitting_result_failed({ points }) };
	return {
		state: 'done',
		words: excellent ? m.sitting_result_excellent({ points }) : m.sitting_result_passed({ points })
	};
}
