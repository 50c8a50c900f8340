import type { examAnswers } from '#db/schema/exam-sittings.ts';
import { reviewQuestion, type ReviewedQuestion } from '../../questions/review-question.ts';
import type { Answer } from '../../questions/score-answer.ts';
import type { AskedQuestion } from '../../questions/stored-question.ts';

type Slot = Pick<typeof examAnswers.$inferSelect, 'slot' | 'parameters' | 'optionOrder' | 'response' | 'savedAt'>;

/** What was asked in a slot and answered, with its key: for examiners. */
export const reviewSlot = (slot: Slot, content: AskedQuestion): ReviewedQuestion =>
	reviewQuestion({
		position: slot.slot,
		content,
		situation: null,
		parameters: slot.parameters,
		optionOrder: slot.optionOrder,
		response: slot.response as Answer | null,
		answeredAt: slot.savedAt,
		correct: null
	});
