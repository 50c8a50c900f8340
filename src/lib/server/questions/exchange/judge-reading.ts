import type { Context } from '../../platform/context.ts';
import { checkWording } from '../check-wording.ts';
import { isCase, type ExchangeQuestion, type SmallExchange } from '../formats/exchange-question.ts';
import type { PlacedQuestion, Reading, Refusal } from '../formats/format.ts';
import type { Wording } from '../wording.ts';
import { articleFinder, type FoundArticle } from './article-finder.ts';
import { asWording } from './as-wording.ts';
import { findKnown } from './find-known.ts';
import { fingerprintOf } from './likeness-of.ts';

/** A question that can go in, as the bank writes it. */
export interface ReadyQuestion extends PlacedQuestion {
	wording: Wording;
}

export interface Judged {
	ready: ReadyQuestion[];
	refused: Refusal[];
}

/**
 * What the bank says to the questions of a file, nothing written: each is ready, or refused because its articles are not held,
 * it could not be asked, or it is there already.
 */
export async function judgeReading(ctx: Context, { questions, refused }: Reading): Promise<Judged> {
	const find = await articleFinder(ctx);
	const known = await findKnown(
		ctx,
		questions.map(({ question }) => question)
	);
	const judged: Judged = { ready: [], refused: [...refused] };
	const here = new Set<string>();
	for (const { place, question } of questions) {
		const resolved = withAddresses(question, find);
		const fingerprint = fingerprintOf(question);
		const code = known.get(fingerprint);
		if ('code' in resolved) judged.refused.push({ place, ...resolved });
		else if (code !== undefined) judged.refused.push({ place, code: 'formats.already-there', values: { code } });
		else if (here.has(fingerprint)) judged.refused.push({ place, code: 'formats.twice' });
		else {
			const wording = asWording(resolved.question);
			const [fault] = checkWording(wording);
			if (fault) judged.refused.push({ place, ...refusalOf(fault) });
			else judged.ready.push({ place, question: resolved.question, wording });
			here.add(fingerprint);
		}
	}
	judged.refused.sort((a, b) => (a.place.line ?? 0) - (b.place.line ?? 0));
	return judged;
}

function refusalOf({ field, code, values }: ReturnType<typeof checkWording>[number]): Omit<Refusal, 'place'> {
	const part = /^q(\d+)\./.exec(field)?.[1];
	return { code, values: { ...values, ...(part && { part: Number(part) }) } };
}

type Resolved = { question: ExchangeQuestion } | Omit<Refusal, 'place'>;

function withAddresses(question: ExchangeQuestion, find: (text: string) => FoundArticle): Resolved {
	const own = addressesIn(question.articles, find);
	if ('code' in own) return own;
	if (!isCase(question)) return { question: { ...question, articles: own.addresses } };
	const parts: SmallExchange[] = [];
	for (const [index, part] of question.questions.entries()) {
		const found = addressesIn(part.articles, find);
		if ('code' in found) return { code: found.code, values: { ...found.values, part: index + 1 } };
		parts.push({ ...part, articles: found.addresses });
	}
	return { question: { ...question, articles: own.addresses, questions: parts } };
}

function addressesIn(
	texts: string[],
	find: (text: string) => FoundArticle
): { addresses: string[] } | Omit<Refusal, 'place'> {
	const addresses = new Set<string>();
	for (const text of texts) {
		const found = find(text);
		if ('code' in found) return { code: found.code, values: { article: text.slice(0, 60) } };
		addresses.add(found.address);
	}
	return { addresses: [...addresses] };
}
