import { askedWords } from '#lib/components/programmes/asked-words.ts';
import type { Asked } from '#lib/components/programmes/asked-words.ts';
import type { State } from '#lib/components/ui/Status.svelte';
import { m } from '#lib/paraglide/messages.js';
import type { ExemptionGround, ExemptionKind, ExemptionState } from '#lib/schemas/exemptions.ts';

export const kindWords: Record<ExemptionKind, () => string> = {
	exemption: m.exemptions_kind_exemption,
	deferral: m.exemptions_kind_deferral
};

export const groundWords: Record<ExemptionGround, () => string> = {
	retiring: m.exemptions_ground_retiring,
	maternity: m.exemptions_ground_maternity,
	illness: m.exemptions_ground_illness,
	'long-leave': m.exemptions_ground_long_leave,
	'legal-qualification': m.exemptions_ground_legal_qualification,
	'same-term': m.exemptions_ground_same_term,
	other: m.exemptions_ground_other
};

export const stateWords: Record<ExemptionState, () => string> = {
	asked: m.exemptions_state_asked,
	approved: m.exemptions_state_approved,
	refused: m.exemptions_state_refused,
	withdrawn: m.exemptions_state_withdrawn,
	ended: m.exemptions_state_ended
};

/** The shape beside a state. */
export const stateShapes: Record<ExemptionState, State> = {
	asked: 'going',
	approved: 'done',
	refused: 'none',
	withdrawn: 'none',
	ended: 'exempt'
};

/** Words as the lines of a list to choose from. */
export const optionsOf = <Key extends string>(words: Record<Key, () => string>) =>
	Object.entries<() => string>(words).map(([value, label]) => ({ value, label: label() }));

/** What a request is for: one thing by its name, or everything. */
export const scopeWords = (asked: Asked | null): string => (asked ? askedWords(asked) : m.exemptions_everything());
