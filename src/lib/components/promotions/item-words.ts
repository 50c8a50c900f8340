import { askedWords } from '#lib/components/programmes/asked-words.ts';
import type { State } from '#lib/components/ui/Status.svelte';
import { formatPoints } from '#lib/format/numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import type { DueRule } from '#lib/schemas/programmes.ts';
import type { exemptionGrounds } from '#lib/schemas/promotions.ts';
import type { CaseItem } from '#lib/server/promotions/case-items.ts';
import type { ExamStanding, ItemState, Sitting } from '#lib/server/promotions/item-state.ts';

/** How one thing that a case asks for stands, in words. */
export const itemStateWords: Record<ItemState, () => string> = {
	done: m.promotions_item_done,
	'done-late': m.promotions_item_done_late,
	open: m.promotions_item_open,
	overdue: m.promotions_item_overdue,
	exempt: m.promotions_item_exempt,
	postponed: m.promotions_item_postponed
};

/** The shape that goes with it. */
export const itemShapes: Record<ItemState, State> = {
	done: 'done',
	'done-late': 'done',
	open: 'none',
	overdue: 'late',
	exempt: 'exempt',
	postponed: 'soon'
};

export const groundWords: Record<(typeof exemptionGrounds)[number], () => string> = {
	'legal-qualification': m.promotions_ground_legal_qualification,
	'same-term': m.promotions_ground_same_term
};

export const standingWords: Record<ExamStanding, () => string> = {
	'not-sat': () => '',
	passed: () => '',
	'passed-by-make-up': m.promotions_exam_passed_make_up,
	'make-up-due': m.promotions_exam_make_up_due,
	'failed-after-make-up': m.promotions_exam_failed
};

const outcomeWords: Record<Sitting['outcome'], () => string> = {
	passed: m.promotions_exam_outcome_passed,
	failed: m.promotions_exam_outcome_failed,
	absent: m.promotions_exam_outcome_absent
};

/** One time an exam was sat: “76分 合格”, for a make-up “补考 82分 合格”. */
export function sittingWords({ makeUp, outcome, score }: Sitting): string {
	const scored = score === null ? '' : m.promotions_exam_score({ score: formatPoints(score) });
	return [makeUp ? m.promotions_exam_make_up() : '', scored, outcomeWords[outcome]()].filter(Boolean).join(' ');
}

/** What became of an item, beside its state: every sitting of an exam, the class that was attended. */
export function resultWords({ sittings, event }: Pick<CaseItem, 'sittings' | 'event'>): string {
	return [...sittings.map(sittingWords), ...(event ? [event.title] : [])].join(m.completion_separator());
}

export const itemWords = ({ asked }: Pick<CaseItem, 'asked'>): string => askedWords(asked);

/** By when, in words, as the programme says it. */
export function promotionDueWords(due: DueRule): string {
	if (due.kind === 'before-start') return m.promotions_due_before_start();
	if (due.kind === 'after' && 'months' in due) return m.promotions_due_months({ months: due.months });
	if (due.kind === 'after') return m.promotions_due_days({ days: due.days });
	return due.kind === 'date' ? due.on : m.promotions_due_rule();
}
