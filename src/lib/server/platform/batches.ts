/** Cuts a list into pieces that fit into one statement: PostgreSQL takes at most 65,535 parameters. */
export function batchesOf<Row>(rows: readonly Row[], size = 1_000): Row[][] {
	return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
		rows.slice(index * size, (index + 1) * size)
	);
}
