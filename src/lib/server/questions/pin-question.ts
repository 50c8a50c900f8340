import { compareLots, lots } from './lots.ts';
import { letterOf } from './letters.ts';
import { drawParameters, type ParameterValues } from './parameters.ts';
import type { AskedQuestion } from './stored-question.ts';

/** What is settled about a question when it is put to somebody; nothing of it changes later. */
export interface Pinned {
	kind: AskedQuestion['kind'];
	/** Options, items or left sides shown, or blanks to fill; 1 for everything else. */
	size: number;
	parameters: ParameterValues | null;
	/** Stated letters of options, right sides or items in the order shown. */
	optionOrder: string[] | null;
}

/**
 * Settles how a question is asked: the drawn values and the order shown. The same seed settles the same.
 * @param shuffle whether options may be shown in another order than the stated one; what is to be ordered always is
 */
export function pinQuestion(
	{ id, content }: { id: string; content: AskedQuestion },
	seed: string,
	{ shuffle = true } = {}
): Pinned {
	const own = `${seed}\n${id}`;
	return {
		kind: content.kind,
		size: sizeOf(content),
		parameters: content.kind === 'numeric' ? drawParameters(content.parameters, own) : null,
		optionOrder: orderShown(content, own, shuffle)
	};
}

function sizeOf(content: AskedQuestion): number {
	if ('options' in content) return content.options.length;
	if (content.kind === 'matching') return content.pairs.length;
	if (content.kind === 'ordering') return content.items.length;
	return content.kind === 'fill-in' ? content.blanks.length : 1;
}

function orderShown(content: AskedQuestion, seed: string, shuffle: boolean): string[] | null {
	switch (content.kind) {
		case 'single':
		case 'multiple':
			return shuffle && content.shuffle !== false
				? shuffled(content.options.length, seed)
				: stated(content.options.length);
		case 'matching':
			return shuffled(content.pairs.length + (content.distractors?.length ?? 0), seed);
		case 'ordering':
			return disordered(content.items.length, seed);
		default:
			return null;
	}
}

const stated = (count: number): string[] => Array.from({ length: count }, (_, index) => letterOf(index));

function shuffled(count: number, seed: string): string[] {
	const lot = lots(seed);
	return stated(count).toSorted((a, b) => compareLots(lot(a), lot(b)));
}

/** Shuffled, and never into the order that is asked for. */
function disordered(count: number, seed: string): string[] {
	const order = shuffled(count, seed);
	const isRight = order.every((letter, index) => letter === letterOf(index));
	return isRight ? [...order.slice(1), order[0]!] : order;
}
