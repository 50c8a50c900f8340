import { normaliseTyped } from './typed-answer.ts';

/**
 * How alike two texts are, from 0 to 1: twice the pairs of neighbouring characters that they share, over all that they
 * have (Dice's coefficient). Width, spaces and punctuation play no part.
 */
export function likeness(a: string, b: string): number {
	const [left, right] = [pairsOf(a), pairsOf(b)];
	const total = sizeOf(left) + sizeOf(right);
	if (total === 0) return 0;
	let shared = 0;
	for (const [pair, count] of left) shared += Math.min(count, right.get(pair) ?? 0);
	return (2 * shared) / total;
}

function pairsOf(text: string): Map<string, number> {
	const characters = [...normaliseTyped(text).replace(/\p{P}+/gu, '')];
	const pairs = new Map<string, number>();
	for (let index = 1; index < characters.length; index++) {
		const pair = characters[index - 1]! + characters[index]!;
		pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
	}
	return pairs;
}

const sizeOf = (pairs: Map<string, number>): number => [...pairs.values()].reduce((sum, count) => sum + count, 0);
