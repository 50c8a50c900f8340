import type { TreeUnit } from '#lib/server/units/queries.ts';

export type TreeNode = Omit<TreeUnit, 'path'> & {
	children: TreeNode[];
	/** People here and in all units below. */
	total: number;
};

/** Makes a tree of units that stand in official order, parents before their children. */
export function treeOf(units: Omit<TreeUnit, 'path'>[]): TreeNode[] {
	const nodes = new Map(units.map((unit) => [unit.id, { ...unit, children: [] as TreeNode[], total: unit.people }]));
	const roots: TreeNode[] = [];
	for (const node of nodes.values()) (nodes.get(node.parentId ?? '')?.children ?? roots).push(node);
	for (const node of [...nodes.values()].reverse()) {
		const parent = nodes.get(node.parentId ?? '');
		if (parent) parent.total += node.total;
	}
	return roots;
}
