/*
 * The points of an answer, worked out from the stored question and the stored answer alone. Written apart from the product on
 * purpose: it shares no line with it.
 */

interface Stored {
	kind: string;
	key?: string[] | boolean;
	blanks?: { accept?: string[]; number?: number }[];
	pairs?: unknown[];
	items?: unknown[];
}

interface Given {
	chosen?: string[];
	value?: boolean;
	blanks?: string[];
	matched?: (string | null)[];
	order?: string[];
}

const mean = (truths: boolean[]) => truths.filter(Boolean).length / truths.length;

/** Points by the rule that an incomplete choice without a wrong one earns half. */
export function recompute(question: unknown, answer: unknown, points: number): number {
	if (answer === null) return 0;
	return Math.floor(share(question as Stored, answer as Given) * points * 100 + 0.5 + 1e-9) / 100;
}

function share(question: Stored, answer: Given): number {
	const letters = 'ABCDEFGHIJ';
	switch (question.kind) {
		case 'single':
			return answer.chosen?.join() === (question.key as string[]).join() ? 1 : 0;
		case 'multiple': {
			const key = question.key as string[];
			const chosen = answer.chosen ?? [];
			if (chosen.length === 0 || chosen.some((letter) => !key.includes(letter))) return 0;
			return chosen.length === key.length ? 1 : 0.5;
		}
		case 'true-false':
			return answer.value === question.key ? 1 : 0;
		case 'fill-in':
			return mean(
				(question.blanks ?? []).map(({ accept, number }, index) => {
					const typed = answer.blanks?.[index] ?? '';
					return accept ? accept.includes(typed) : typed !== '' && Number(typed) === number;
				})
			);
		case 'matching':
			return mean((question.pairs ?? []).map((_, index) => answer.matched?.[index] === letters[index]));
		case 'ordering':
			return mean((question.items ?? []).map((_, index) => answer.order?.[index] === letters[index]));
		default:
			throw new Error(`nobody knows how to score ${question.kind}`);
	}
}
