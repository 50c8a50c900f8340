/** A stretch of text that both versions have, or that only one of them has. */
export type Change = { kind: 'same' | 'added' | 'removed'; text: string };

const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' });

/** Words, spaces and marks of a text, in Chinese too; together they are the text. */
export const wordsOf = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment);

/** So many differing words are looked for; texts that differ in more are shown as one replaced by the other. */
const most = 800;

/**
 * What turns one text into another, in words. The shortest way by E. W. Myers, An O(ND) Difference Algorithm and Its Variations,
 * Algorithmica 1 (1986).
 */
export function diffWords(before: string, after: string): Change[] {
	const [one, other] = [wordsOf(before), wordsOf(after)];
	let start = 0;
	while (start < one.length && start < other.length && one[start] === other[start]) start++;
	let end = 0;
	while (end < one.length - start && end < other.length - start && one.at(-1 - end) === other.at(-1 - end)) end++;

	const changes: Change[] = one.slice(0, start).map((text) => ({ kind: 'same', text }));
	changes.push(...between(one.slice(start, one.length - end), other.slice(start, other.length - end)));
	changes.push(...one.slice(one.length - end).map((text): Change => ({ kind: 'same', text })));
	return joined(changes);
}

function between(one: string[], other: string[]): Change[] {
	const trace = walk(one, other);
	if (!trace)
		return [
			{ kind: 'removed', text: one.join('') },
			{ kind: 'added', text: other.join('') }
		];

	const changes: Change[] = [];
	let [x, y] = [one.length, other.length];
	for (let depth = trace.length - 1; depth >= 0; depth--) {
		const reached = trace[depth]!;
		const line = x - y;
		const from = goesDown(reached, line, depth) ? line + 1 : line - 1;
		const startX = reached.get(from) ?? 0;
		const startY = startX - from;
		while (x > startX && y > startY) {
			changes.push({ kind: 'same', text: one[--x]! });
			y--;
		}
		if (depth > 0 && x === startX) changes.push({ kind: 'added', text: other[--y]! });
		else if (depth > 0) changes.push({ kind: 'removed', text: one[--x]! });
	}
	return changes.reverse();
}

/** The furthest points reached on each diagonal before each step; undefined where the texts have too little in common. */
function walk(one: string[], other: string[]): Map<number, number>[] | undefined {
	const furthest = new Map<number, number>([[1, 0]]);
	const trace: Map<number, number>[] = [];
	for (let depth = 0; depth <= Math.min(one.length + other.length, most); depth++) {
		trace.push(new Map(furthest));
		for (let line = -depth; line <= depth; line += 2) {
			let x = goesDown(furthest, line, depth) ? (furthest.get(line + 1) ?? 0) : (furthest.get(line - 1) ?? 0) + 1;
			while (x < one.length && x - line < other.length && one[x] === other[x - line]) x++;
			furthest.set(line, x);
			if (x >= one.length && x - line >= other.length) return trace;
		}
	}
	return undefined;
}

/** Whether a diagonal is best reached by taking a word of the later text, rather than by leaving one of the earlier. */
const goesDown = (reached: Map<number, number>, line: number, depth: number): boolean =>
	line === -depth || (line !== depth && (reached.get(line - 1) ?? -1) < (reached.get(line + 1) ?? -1));

/** Neighbours of the same kind as one. */
function joined(changes: Change[]): Change[] {
	const result: Change[] = [];
	for (const change of changes) {
		const last = result.at(-1);
		if (last?.kind === change.kind) last.text += change.text;
		else if (change.text !== '') result.push({ ...change });
	}
	return result;
}
