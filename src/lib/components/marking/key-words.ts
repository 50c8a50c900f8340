import { m } from '#lib/paraglide/messages.js';
import type { keyPolicies } from '#lib/schemas/marking.ts';

type Policy = (typeof keyPolicies)[number];

/** What a mended key gives those who had answered, in words. */
export const policyWords: Record<Policy, { label: () => string; hint: () => string }> = {
	'full-credit': { label: m.marking_policy_full_credit, hint: m.marking_policy_full_credit_hint },
	'both-keys': { label: m.marking_policy_both_keys, hint: m.marking_policy_both_keys_hint },
	'new-key': { label: m.marking_policy_new_key, hint: m.marking_policy_new_key_hint },
	'drop-question': { label: m.marking_policy_drop_question, hint: m.marking_policy_drop_question_hint }
};

/** A key in letters, or a judgement. */
export const keyWords = (key: string[] | boolean | null): string =>
	key === null
		? m.marking_key_in_words()
		: typeof key === 'boolean'
			? key
				? m.questions_true()
				: m.questions_false()
			: key.join('');

const outcomes: Record<string, () => string> = {
	passed: m.exams_candidate_passed,
	failed: m.exams_candidate_failed,
	absent: m.exams_candidate_absent
};

/** An outcome in words; a dash where it is open. */
export const outcomeWords = (outcome: string | null): string => (outcome && outcomes[outcome]?.()) || '—';
