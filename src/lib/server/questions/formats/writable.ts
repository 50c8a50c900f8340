import { pictureMark } from '../picture-file.ts';
import type { Details, ExchangeQuestion } from './exchange-question.ts';
import type { Lose, Place } from './format.ts';

/** What no text of a question should hold, and XML cannot. */
// eslint-disable-next-line no-control-regex -- the control characters are the point
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

/**
 * A question with texts that every format can hold: whole characters, no control characters, `\n` between lines, nothing blank
 * at the edges. Tells what had to go.
 */
export function writable<Question extends ExchangeQuestion>(question: Question, place: Place, lose: Lose): Question {
	let changed = false;
	const clean = (text: string): string => {
		const plain = text.replace(/\r\n?/g, '\n');
		const kept = plain.toWellFormed().replace(unwritable, '');
		if (kept !== plain) changed = true;
		return kept.trim();
	};
	const walk = (value: unknown): unknown => {
		if (typeof value === 'string') return clean(value);
		if (Array.isArray(value)) return value.map(walk);
		if (value === null || typeof value !== 'object') return value;
		return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each)]));
	};
	const { pictures, ...texts } = question;
	const cleaned = { ...(walk(texts) as Question), ...(pictures && { pictures }) };
	if (changed) lose(place, 'characters');
	return cleaned;
}

/** Tells which details a question has that a format without room for any of them drops. */
export function loseDetails({ code, articles, difficulty, topic, tags, use }: Details, place: Place, lose: Lose): void {
	if (code !== undefined) lose(place, 'code');
	if (articles.length > 0) lose(place, 'articles');
	if (difficulty !== undefined) lose(place, 'difficulty');
	if (topic !== '') lose(place, 'topic');
	if (tags.length > 0) lose(place, 'tags');
	if (use !== undefined) lose(place, 'use');
}

/** Each question cleaned, numbered and with its place. @param options whether the format carries pictures; otherwise they are lost */
export async function* eachWritable(
	questions: AsyncIterable<ExchangeQuestion>,
	lose: Lose,
	{ pictures = false } = {}
): AsyncGenerator<{ question: ExchangeQuestion; number: number; place: Place }> {
	let number = 0;
	for await (const each of questions) {
		number++;
		const place = { item: each.code ?? String(number) };
		const question = writable(each, place, lose);
		const { pictures: kept = [], ...texts } = question;
		const carried = new Set(pictures ? kept.map(({ name }) => name) : []);
		const others = JSON.stringify(texts).replace(pictureMark, (mark, _, name: string) =>
			carried.has(name) ? '' : mark
		);
		if (others.includes('![')) lose(place, 'images');
		yield { question, number, place };
	}
}
