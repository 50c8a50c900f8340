import { isCase, type ExchangeQuestion, type SmallExchange } from '../exchange-question.ts';
import type { Lose, Place } from '../format.ts';
import { letterAt } from '../letters.ts';
import { eachWritable, loseDetails } from '../writable.ts';

/** Writes Aiken, which has room for single choice and for nothing beside stem, options and key. */
export async function* writeAiken(questions: AsyncIterable<ExchangeQuestion>, lose: Lose): AsyncGenerator<Uint8Array> {
	for await (const { question, place } of eachWritable(questions, lose)) {
		if (isCase(question)) {
			lose(place, 'case');
			for (const each of question.questions) yield* written(each, { item: each.code ?? `${place.item}` }, lose);
		} else yield* written(question, place, lose);
	}
}

/** A line that a reader would not take for a stem. */
const misleading = /^([A-Z][.)．）、]|(ANSWER|答案)\s*[:：])/i;

function* written(question: SmallExchange, place: Place, lose: Lose): Generator<Uint8Array> {
	const { wording } = question;
	const flat = (text: string): string => {
		if (text.includes('\n')) lose(place, 'line-breaks');
		return text.replace(/\s*\n\s*/g, ' ');
	};
	if (wording.kind !== 'single' || misleading.test(wording.stem)) {
		lose(place, 'question');
		return;
	}
	loseDetails(question, place, lose);
	if (wording.explanation !== '') lose(place, 'explanation');
	if (wording.options.some(({ why = '' }) => why !== '')) lose(place, 'reasons');
	if (wording.shuffle === false) lose(place, 'fixed-order');
	const options = wording.options.map(({ text }, index) => `${letterAt(index)}. ${flat(text)}`);
	yield Buffer.from(`${[flat(wording.stem), ...options, `ANSWER: ${wording.key[0]}`].join('\n')}\n\n`);
}
