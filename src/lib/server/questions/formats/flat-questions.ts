import {
	isCase,
	type Details,
	type ExchangePicture,
	type ExchangeQuestion,
	type SmallWording
} from './exchange-question.ts';
import type { Place } from './format.ts';
import type { OpenReading } from './open-reading.ts';
import { picturesShownIn } from './picture-box.ts';

/** One entry of a file: a question, or the situation that the next ones share. */
export interface FlatQuestion {
	place: Place;
	details: Details;
	wording: SmallWording | { kind: 'situation'; text: string };
	/** What joins the questions of a case with its situation. */
	caseKey?: string;
	/** Of the whole question; those of a case come with each of its entries. */
	pictures?: readonly ExchangePicture[];
}

/** Case sets laid out one entry after the other, as files without case sets hold them. `number` counts from 1. */
export function* flatten(question: ExchangeQuestion, number: number): Generator<FlatQuestion> {
	const { wording: _, pictures = [], ...details } = question;
	const place = { item: question.code ?? String(number) };
	if (!isCase(question)) {
		yield { place, details, wording: question.wording, pictures };
		return;
	}
	const caseKey = question.code ?? `case-${number}`;
	const { questions, ...own } = question;
	const { wording, pictures: __, ...ownDetails } = own;
	yield { place, details: ownDetails, wording: { kind: 'situation', text: wording.situation }, caseKey, pictures };
	for (const { wording, ...details } of questions)
		yield { place: { item: details.code ?? `${place.item}` }, details, wording, caseKey, pictures };
}

/** Puts case sets together again, and hands everything to the reading. Texts that no question belongs to are refused. */
export function takeFlat(reading: OpenReading, entries: Iterable<FlatQuestion>): void {
	const situations = new Map<string, { place: Place; question: ExchangeQuestion & { questions: unknown[] } }>();
	const order: (() => void)[] = [];
	const take = (place: Place, question: ExchangeQuestion, taken: FlatQuestion['pictures']) => {
		const pictures = picturesShownIn(question, taken);
		reading.take(place, pictures.length > 0 ? { ...question, pictures } : question);
	};
	for (const { place, details, wording, caseKey, pictures } of entries) {
		if (wording.kind === 'situation') {
			if (caseKey === undefined || situations.has(caseKey)) {
				order.push(() => reading.refuse(place, 'formats.text-only'));
				continue;
			}
			const question = { ...details, wording: { kind: 'case' as const, situation: wording.text }, questions: [] };
			situations.set(caseKey, { place, question });
			order.push(() => take(place, question, pictures));
			continue;
		}
		const question = { ...details, wording };
		const home = caseKey === undefined ? undefined : situations.get(caseKey);
		if (home) home.question.questions.push(question);
		else {
			if (caseKey !== undefined) order.push(() => reading.lose(place, 'case'));
			order.push(() => take(place, question, pictures));
		}
	}
	for (const act of order) act();
}
