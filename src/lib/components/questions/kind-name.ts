import { m } from '#lib/paraglide/messages.js';
import type { SmallKind } from '#lib/server/questions/content/parse-questions.ts';

const prompts: Record<SmallKind, () => string> = {
	single: m.questions_prompt_single,
	multiple: m.questions_prompt_multiple,
	'true-false': m.questions_prompt_true_false,
	'fill-in': m.questions_prompt_fill_in,
	numeric: m.questions_prompt_numeric,
	matching: m.questions_prompt_matching,
	ordering: m.questions_prompt_ordering,
	'short-answer': m.questions_prompt_short_answer,
	essay: m.questions_prompt_essay
};

const names: Record<SmallKind | 'case', () => string> = {
	single: m.questions_kind_single,
	multiple: m.questions_kind_multiple,
	'true-false': m.questions_kind_true_false,
	'fill-in': m.questions_kind_fill_in,
	numeric: m.questions_kind_numeric,
	matching: m.questions_kind_matching,
	ordering: m.questions_kind_ordering,
	'short-answer': m.questions_kind_short_answer,
	essay: m.questions_kind_essay,
	case: m.questions_kind_case
};

/** What is asked of whoever answers a question of a kind. */
export const kindPrompt = (kind: SmallKind): string => prompts[kind]();

/** What a kind of question is called. */
export const kindName = (kind: SmallKind | 'case'): string => names[kind]();
