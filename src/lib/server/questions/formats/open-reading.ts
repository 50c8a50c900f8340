import type { FailureValues } from '#lib/server/platform/errors.ts';
import { invalid } from '#lib/server/platform/errors.ts';
import { isCase, type ExchangeQuestion } from './exchange-question.ts';
import type { Feature, Place, Reading } from './format.ts';
import { limits } from './limits.ts';
import { faultOf } from './fault-of.ts';

/** A file being read: where its questions, its refusals and what is left behind go. */
export interface OpenReading extends Reading {
	take(place: Place, question: ExchangeQuestion): void;
	refuse(place: Place, code: string, values?: FailureValues): void;
	lose(place: Place, feature: Feature): void;
}

/** Starts to read a file. Unsound questions are refused as they are taken. */
export function openReading(): OpenReading {
	const reading: Reading = { questions: [], refused: [], unsupported: [] };
	let count = 0;
	const refuse = (place: Place, code: string, values?: FailureValues) => {
		reading.refused.push({ place, code, ...(values && { values }) });
	};
	return {
		...reading,
		refuse,
		take(place, question) {
			if (++count > limits.questions)
				throw invalid('formats.too-many', { field: 'file', values: { limit: limits.questions } });
			const fault = faultOf(question);
			if (fault) refuse(place, fault.code, fault.values);
			else reading.questions.push({ place, question });
		},
		lose(place, feature) {
			const same = reading.unsupported.some(
				(loss) => loss.feature === feature && loss.place.line === place.line && loss.place.item === place.item
			);
			if (!same) reading.unsupported.push({ place, feature });
		}
	};
}

/** How many questions a question is: a case set counts its own. */
export const sizeOf = (question: ExchangeQuestion): number => (isCase(question) ? question.questions.length : 1);
