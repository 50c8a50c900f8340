import type { ExchangeBlank, SmallWording } from '../exchange-question.ts';
import type { Feature } from '../format.ts';
import { letterAt } from '../letters.ts';
import { findUnescaped, splitAt, unescapeGift } from './gift-text.ts';

interface Around {
	lose(feature: Feature): void;
	refuse(code: string): void;
	/** A text in the format of the question. */
	prose(raw: string): string;
}

interface Item {
	mark: string;
	/** Percent of the points. */
	weight: number;
	text: string;
	feedback: string;
}

/** What stands between the braces of a GIFT question. The stem is empty: it stands around them. */
export function readAnswers(body: string, around: Around): SmallWording | undefined {
	const general = findUnescaped(body, '####');
	const explanation = general === -1 ? '' : around.prose(body.slice(general + 4));
	const answers = (general === -1 ? body : body.slice(0, general)).trim();
	const common = { stem: '', explanation };

	if (answers === '') return { ...common, kind: 'essay', reference: '', rubric: [] };
	if (answers.startsWith('#')) {
		const blank = readNumber(answers.slice(1), around);
		return blank && { ...common, kind: 'fill-in', blanks: [blank] };
	}
	const truth = /^(T|TRUE|F|FALSE)\s*(?:#|$)/i.exec(answers);
	if (truth) {
		const [wrong = '', right = ''] = splitAt(answers, '#').map(({ text }) => around.prose(text));
		if (right !== '') around.lose('feedback');
		return { ...common, kind: 'true-false', key: /^t/i.test(answers), why: wrong };
	}
	if (findUnescaped(answers, '~') !== -1) return readChoice(splitAt(answers, '=~'), common, around);

	const items = splitAt(answers, '=');
	if (items.length === 0) {
		around.refuse('formats.gift-answers');
		return undefined;
	}
	if (items.every(({ text }) => text.includes('->'))) return readMatching(items, common, around);
	return { ...common, kind: 'fill-in', blanks: [readTexts(items, around)] };
}

function itemOf({ mark, text }: { mark: string; text: string }, around: Around): Item {
	const hash = findUnescaped(text, '#');
	const raw = (hash === -1 ? text : text.slice(0, hash)).trim();
	const weight = /^%(-?\d+(?:\.\d+)?)%/.exec(raw);
	return {
		mark,
		weight: weight ? Number(weight[1]) : mark === '=' ? 100 : 0,
		text: raw.slice(weight?.[0].length ?? 0).trim(),
		feedback: hash === -1 ? '' : around.prose(text.slice(hash + 1))
	};
}

function plainOption(raw: string, { prose }: Around): string {
	const format = /^\[(html|markdown|plain|moodle)\]/.exec(raw);
	return format && format[1] !== 'html' ? unescapeGift(raw.slice(format[0].length)).trim() : prose(raw);
}

function readChoice(
	pieces: { mark: string; text: string }[],
	common: { stem: string; explanation: string },
	around: Around
): SmallWording | undefined {
	const items = pieces.map((piece) => itemOf(piece, around));
	const isSingle = items.some(({ mark }) => mark === '=');
	const isRight = ({ mark, weight }: Item) => (isSingle ? mark === '=' && weight === 100 : weight > 0);
	const right = items.filter(isRight);
	if (right.some(({ feedback }) => feedback !== '')) around.lose('feedback');
	const uneven = isSingle
		? items.some((item) => !isRight(item) && item.weight > 0)
		: right.some(({ weight }) => Math.abs(weight - 100 / right.length) > 0.01);
	if (uneven) around.lose('partial-credit');
	return {
		...common,
		kind: isSingle ? 'single' : 'multiple',
		options: items.map((item) => ({
			text: plainOption(item.text, around),
			...(!isRight(item) && item.feedback !== '' && { why: item.feedback })
		})),
		key: items.flatMap((item, index) => (isRight(item) ? [letterAt(index)] : []))
	};
}

function readTexts(pieces: { mark: string; text: string }[], around: Around): ExchangeBlank {
	const items = pieces.map((piece) => itemOf(piece, around));
	const right = items.filter(({ weight }) => weight >= 100);
	const wrong = items.filter(({ weight }) => weight <= 0);
	if (right.length + wrong.length < items.length) around.lose('partial-credit');
	if (right.some(({ feedback }) => feedback !== '')) around.lose('feedback');
	return { accept: right.map(({ text }) => unescapeGift(text)), ...mistakesOf(wrong) };
}

const mistakesOf = (wrong: Item[]) =>
	wrong.length > 0 && {
		mistakes: wrong.map(({ text, feedback }) => ({ answer: unescapeGift(text), why: feedback }))
	};

function readNumber(answers: string, around: Around): ExchangeBlank | undefined {
	const pieces = answers.includes('=') ? splitAt(answers, '=') : [{ mark: '=', text: answers }];
	const items = pieces.map((piece) => itemOf(piece, around));
	const [right] = items.filter(({ weight }) => weight >= 100);
	const match = right && /^(-?\d+(?:\.\d+)?)(?::(\d+(?:\.\d+)?))?$/.exec(right.text);
	if (!match || items.filter(({ weight }) => weight >= 100).length > 1) {
		around.refuse('formats.gift-number');
		return undefined;
	}
	if (Number(match[2] ?? 0) !== 0) around.lose('tolerance');
	if (items.some(({ weight }) => weight > 0 && weight < 100)) around.lose('partial-credit');
	if (right.feedback !== '') around.lose('feedback');
	const wrong = items
		.filter(({ weight }) => weight <= 0)
		.map((item) => ({ ...item, text: item.text.replace(/:0$/, '') }));
	return { ...numberBlank(match[1]!), ...mistakesOf(wrong) };
}

/** A number to be typed in; the bank keeps none below zero as numbers, so they are texts. */
export const numberBlank = (text: string): ExchangeBlank =>
	text.startsWith('-') ? { accept: [text] } : { number: Number(text) };

function readMatching(
	pieces: { mark: string; text: string }[],
	common: { stem: string; explanation: string },
	around: Around
): SmallWording {
	const sides = pieces.map(({ text }) => {
		const arrow = text.indexOf('->');
		const left = text.slice(0, arrow).trim();
		return { left: plainLeft(plainOption(left, around)), right: unescapeGift(text.slice(arrow + 2)).trim() };
	});
	const distractors = sides.filter(({ left }) => left === '').map(({ right }) => right);
	return {
		...common,
		kind: 'matching',
		pairs: sides.filter(({ left }) => left !== ''),
		...(distractors.length > 0 && { distractors })
	};
}

/** An arrow in a left side is written as an entity, for GIFT cannot escape it. */
const plainLeft = (text: string): string => text.replaceAll('-&gt;', '->').replaceAll('-&amp;gt;', '-&gt;');
export const giftLeft = (text: string): string => text.replaceAll('-&gt;', '-&amp;gt;').replaceAll('->', '-&gt;');
