import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** Which page of a list is asked for: what comes after a cursor, or before one. Both come from the address of the page. */
export type Asked = { after?: string | null; before?: string | null };

export type Page<Row> = { rows: Row[]; previous: string | null; next: string | null };

/** One turn of the page: from which key on, in which direction, how many. */
export type Turn = { from: [key: string, id: string] | null; backwards: boolean; limit: number };

/** An order in which rows can be paged: one key of a type, then the id. */
export type Order = {
	key: SQLWrapper;
	id: SQLWrapper;
	type: 'text' | 'date' | 'timestamptz' | 'integer';
	descending?: boolean;
};

/**
 * Reads one page by key, never by number: it stays right while rows come and go, and the last page costs what the first does.
 * @param keyOf key and id of a row, as text, of the order in which `read` reads
 */
export async function readPage<Row>(
	{ after, before }: Asked,
	{ size, keyOf, read }: { size: number; keyOf: (row: Row) => [string, string]; read: (turn: Turn) => Promise<Row[]> }
): Promise<Page<Row>> {
	const backwards = !after && Boolean(before);
	const from = decode(after || before);
	const rows = await read({ from, backwards, limit: size + 1 });
	const more = rows.length > size;
	const shown = rows.slice(0, size);
	if (backwards) shown.reverse();

	const [first, last] = [shown.at(0), shown.at(-1)];
	const hasPrevious = backwards ? more : from !== null;
	const hasNext = backwards || more;
	return {
		rows: shown,
		previous: hasPrevious && first ? encode(keyOf(first)) : null,
		next: hasNext && last ? encode(keyOf(last)) : null
	};
}

/** The `where`, `order by` and `limit` of a turn. */
export function turned(
	{ key, id, type, descending = false }: Order,
	{ from, backwards, limit }: Turn
): { where: SQL; rest: SQL } {
	const down = descending !== backwards;
	const way = sql.raw(down ? 'desc' : 'asc');
	return {
		where: from
			? sql`(${key}, ${id}) ${sql.raw(down ? '<' : '>')} (${from[0]}::${sql.raw(type)}, ${from[1]}::uuid)`
			: sql`true`,
		rest: sql`order by ${key} ${way}, ${id} ${way} limit ${limit}`
	};
}

const encode = (key: [string, string]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A cursor that somebody has tampered with begins at the first page. */
function decode(cursor: string | null | undefined): [string, string] | null {
	try {
		const key: unknown = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString());
		if (!Array.isArray(key) || key.length !== 2) return null;
		const [value, id] = key;
		return typeof value === 'string' && typeof id === 'string' && uuid.test(id) ? [value, id] : null;
	} catch {
		return null;
	}
}
