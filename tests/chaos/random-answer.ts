import type { GivenAnswer } from '#lib/schemas/answers.ts';

/** A slot as a candidate sees it, and the order that its letters stand for. */
export interface AskedSlot {
	slot: number;
	kind: string;
	/** Left sides or blanks. */
	size: number;
	optionOrder: string[] | null;
}

export type Random = () => number;

/** A generator that gives the same storm for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

const letter = (index: number) => 'ABCDEFGHIJ'[index]!;

export const pick = <Thing>(random: Random, things: readonly Thing[]): Thing =>
	things[Math.floor(random() * things.length)]!;

/** Something that can be answered there, in the letters shown. */
export function randomAnswer(random: Random, { kind, size, optionOrder }: AskedSlot): GivenAnswer {
	const shown = (optionOrder ?? []).map((_, index) => letter(index));
	const answer = () => {
		switch (kind) {
			case 'single':
				return { kind, chosen: [pick(random, shown)] };
			case 'multiple': {
				const chosen = shown.filter(() => random() < 0.5);
				return { kind, chosen: chosen.length > 0 ? chosen : [pick(random, shown)] };
			}
			case 'true-false':
				return { kind, value: random() < 0.5 };
			case 'fill-in':
				return {
					kind,
					blanks: Array.from({ length: size }, () => pick(random, ['前一日', '前一天', '11', '12', '错']))
				};
			case 'matching':
				return { kind, matched: Array.from({ length: size }, () => pick(random, shown)) };
			default:
				return { kind, order: shown.toSorted(() => random() - 0.5) };
		}
	};
	return answer() as GivenAnswer;
}

/** What the server should have kept of it: the letters of the stated order. */
export function statedAnswer(given: GivenAnswer, { optionOrder }: AskedSlot): unknown {
	const stated = (shown: string | null) => shown && optionOrder!['ABCDEFGHIJ'.indexOf(shown)]!;
	if (!optionOrder) return given;
	if ('chosen' in given) return { ...given, chosen: given.chosen.map(stated).sort() };
	if ('matched' in given) return { ...given, matched: given.matched.map(stated) };
	return 'order' in given ? { ...given, order: given.order.map(stated) } : given;
}
