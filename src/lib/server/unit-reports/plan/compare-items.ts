import type { Localized } from '#db/schema/columns.ts';

type Comparable = {
	lineage: string;
	title: Localized;
	asks: Localized | null;
	standard: Localized | null;
	points: number | null;
};

/** An item of either plan, with what differs between them. */
export type ComparedItem<Item> = {
	change: 'same' | 'changed' | 'added' | 'dropped';
	before: Item | null;
	after: Item | null;
};

/** The items of two plans side by side, known by their lineage: in the order of the later one, those that it dropped at the end. */
export function compareItems<Item extends Comparable>(
	before: readonly Item[],
	after: readonly Item[]
): ComparedItem<Item>[] {
	const former = new Map(before.map((item) => [item.lineage, item]));
	const kept = new Set(after.map(({ lineage }) => lineage));
	const now = after.map((item): ComparedItem<Item> => {
		const old = former.get(item.lineage) ?? null;
		return { change: old ? (isSame(old, item) ? 'same' : 'changed') : 'added', before: old, after: item };
	});
	const gone = before.filter(({ lineage }) => !kept.has(lineage));
	return [...now, ...gone.map((item): ComparedItem<Item> => ({ change: 'dropped', before: item, after: null }))];
}

const isSame = (one: Comparable, other: Comparable): boolean =>
	one.points === other.points &&
	(['title', 'asks', 'standard'] as const).every((part) => JSON.stringify(one[part]) === JSON.stringify(other[part]));
