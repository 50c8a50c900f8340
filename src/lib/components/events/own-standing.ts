import type { State } from '#lib/components/ui/Status.svelte';
import { formatPoints } from '#lib/format/numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import { outcomeShapes, outcomeWords, standingShapes, standingWords } from './event-words.ts';

type Own = {
	state: string;
	standing: 'invited' | 'coming' | 'waiting' | 'declined';
	turn: number | null;
	outcome: keyof typeof outcomeWords | null;
	granted: number | null;
	isOver: boolean;
};

/** How somebody stands in an event of their own: called off, what came of it, or their answer. */
export function ownStanding({ state, standing, turn, outcome, granted, isOver }: Own): { state: State; words: string } {
	if (state === 'cancelled') return { state: 'exempt', words: m.events_state_cancelled() };
	if (outcome === 'attended' && granted)
		return { state: 'done', words: m.events_own_attended({ hours: formatPoints(granted) }) };
	if (outcome) return { state: outcomeShapes[outcome], words: outcomeWords[outcome]() };
	if (standing === 'waiting' && turn !== null && !isOver)
		return { state: 'soon', words: m.events_turn({ number: turn }) };
	if (isOver && standing !== 'declined') return { state: 'none', words: m.events_own_unsettled() };
	if (standing === 'invited') return { state: 'soon', words: m.events_own_unanswered() };
	return { state: standingShapes[standing], words: standingWords[standing]() };
}
