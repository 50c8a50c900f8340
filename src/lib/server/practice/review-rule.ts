import { type CardInput, createEmptyCard, fsrs, Rating } from 'ts-fsrs';
import type { practiceCards } from '#db/schema/practice.ts';

/** How well a person knows a question, and when to ask it again. */
export type Card = Omit<typeof practiceCards.$inferInsert, 'personId' | 'questionId'>;

/** An answer as far as spaced review is concerned. */
export interface Reviewed {
	correct: boolean;
	at: Date;
	source: 'check' | 'practice' | 'exam';
}

/**
 * FSRS as published: nine of ten are to be known when they are asked again, a year at the longest, in whole days. Without
 * fuzz, so that the same answers always lead to the same day.
 */
const scheduler = fsrs({
	request_retention: 0.9,
	maximum_interval: 364, // Good is always given a day more than Hard
	enable_fuzz: false,
	enable_short_term: false
});

/**
 * The card after an answer: right is Good, wrong is Again. Review begins with a wrong answer, or with practice; nobody is
 * asked again what they have just got right in a check or an exam. An answer that becomes known late, after newer ones,
 * changes nothing. A wrong one brings back what was put aside.
 */
export function reviewed(card: Card | null, { correct, at, source }: Reviewed): Card | null {
	if (!card && correct && source !== 'practice') return null;
	if (card?.lastReviewAt && at < card.lastReviewAt) return card;

	const { card: next } = scheduler.next(
		card ? asInput(card) : createEmptyCard(at),
		at,
		correct ? Rating.Good : Rating.Again
	);
	return {
		dueAt: next.due,
		stability: next.stability,
		difficulty: next.difficulty,
		elapsedDays: next.elapsed_days,
		scheduledDays: next.scheduled_days,
		learningSteps: next.learning_steps,
		repetitions: next.reps,
		lapses: next.lapses,
		state: next.state,
		lastReviewAt: at,
		dismissedAt: correct ? (card?.dismissedAt ?? null) : null
	};
}

const asInput = (card: Card): CardInput => ({
	due: card.dueAt,
	stability: card.stability,
	difficulty: card.difficulty,
	elapsed_days: card.elapsedDays,
	scheduled_days: card.scheduledDays,
	learning_steps: card.learningSteps,
	reps: card.repetitions,
	lapses: card.lapses,
	state: card.state,
	last_review: card.lastReviewAt ?? null
});
