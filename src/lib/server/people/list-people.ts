import { type SQL, sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type { peopleOrders } from '#lib/schemas/people.ts';
import type { Ability } from '../access/abilities.ts';
import { demand } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { type Asked, type Page, readPage, type Turn, turned } from '../platform/keyset.ts';
import { inUnits, type Listed, listed, type PeopleFilter, unitIdsOf } from './listed.ts';

export type PeopleOrder = (typeof peopleOrders)[number];

const columns = {
	id: people.id,
	name: people.name,
	staffNumber: people.staffNumber,
	status: people.status,
	leftOn: people.leftOn,
	unitId: people.unitId,
	unit: units.name,
	title: people.title,
	leadershipLevel: people.leadershipLevel,
	rank: people.rank,
	establishment: people.establishment
};

export type ListedPerson = Awaited<ReturnType<typeof read>>[number];

type Options = Asked & { sort?: PeopleOrder; size?: number; ability?: Ability };

/** One page of the people whom the filter leaves, in one of the orders; by pinyin of the name unless told. */
export async function listPeople(
	ctx: Context,
	filter: PeopleFilter,
	{ sort = 'name', size = 50, ability = 'people:view', ...asked }: Options = {}
): Promise<Page<ListedPerson>> {
	const list = await listed(ctx, filter, ability);
	if (sort === 'unit' || sort === '-unit') {
		const unitIds = list.unitIds ?? (await unitIdsOf(ctx, filter, ability));
		const read = (turn: Turn) =>
			readByUnit(ctx, list.where, sort === 'unit' ? unitIds : unitIds.toReversed(), sort !== 'unit', turn);
		return readPage(asked, { size, read, keyOf: ({ unitId, name, id }) => [`${unitId} ${name}`, id] });
	}

	const key = sort.endsWith('number') ? byNumber : filter.q ? byNameOfFew : byName;
	const order = { key, id: people.id, type: 'text' as const, descending: sort.startsWith('-') };
	return readPage(asked, {
		size,
		keyOf: ({ name, staffNumber, id }) => [sort.endsWith('name') ? name : staffNumber, id],
		read: (turn) => {
			const { where, rest } = turned(order, turn);
			return read(ctx, sql`${list.where} and ${where}`, rest);
		}
	});
}

const byName = sql`${people.name} collate "zh-x-icu"`;
const byNumber = sql`${people.staffNumber}::text collate "C"`;

/**
 * The same order without its index. Whoever types a surname finds people who stand together in that index, which PostgreSQL
 * does not know: walking along it in search of them could take it past everybody else.
 */
const byNameOfFew = sql`(${people.name} || '') collate "zh-x-icu"`;

/** Reads along the units, ever more of them at a time, until the page is full: those far ahead are not touched. */
async function readByUnit(
	ctx: Context,
	where: SQL,
	unitIds: string[],
	descending: boolean,
	turn: Turn
): Promise<ListedPerson[]> {
	const along = turn.backwards ? unitIds.toReversed() : unitIds;
	const [first = '', name = ''] = turn.from?.[0].split(/ (.*)/s) ?? [];
	const way = sql.raw(descending !== turn.backwards ? 'desc' : 'asc');
	const rows: ListedPerson[] = [];

	for (
		let start = Math.max(0, along.indexOf(first)), size = 8;
		start < along.length && rows.length < turn.limit;
		start += size, size *= 4
	) {
		const some = along.slice(start, start + size);
		const further = turn.from
			? sql`(${people.unitId} <> ${first} or (${byName}, ${people.id}) ${sql.raw(descending !== turn.backwards ? '<' : '>')} (${name}, ${turn.from[1]}::uuid))`
			: sql`true`;
		const rest = sql`order by array_position(${sql.param(some)}::uuid[], ${people.unitId}), ${byName} ${way}, ${people.id} ${way} limit ${turn.limit - rows.length}`;
		rows.push(...(await read(ctx, sql`${where} and ${inUnits(some)} and ${further}`, rest)));
	}
	return rows;
}

/** @param rest `order by … limit …` */
function read({ db }: Context, where: SQL, rest: SQL) {
	return db
		.select(columns)
		.from(people)
		.leftJoin(units, sql`${units.id} = ${people.unitId}`)
		.where(sql`${where} ${rest}`);
}

/** How many people a filter leaves: exact up to `most`, and `most + 1` where there are more. */
export async function countPeople(
	ctx: Context,
	filter: PeopleFilter,
	{ ability = 'people:view' as Ability, most = 10_000 } = {}
): Promise<number> {
	return countListed(ctx, await listed(ctx, filter, ability), most);
}

async function countListed({ db }: Context, { where }: Listed, most: number): Promise<number> {
	const { rows } = await db.execute<{ count: string }>(
		sql`select count(*) from (select 1 from ${people} where ${where} limit ${most + 1}) listed`
	);
	return Number(rows[0]?.count ?? 0);
}

/** Everybody whom a filter leaves, a thousand at a time: for exports. */
export async function* eachThousand(
	ctx: Context,
	filter: PeopleFilter,
	{ sort, ability }: Pick<Options, 'sort' | 'ability'> = {}
): AsyncGenerator<ListedPerson[]> {
	for (let after: string | null = null, more = true; more;) {
		const page: Page<ListedPerson> = await listPeople(ctx, filter, { after, sort, ability, size: 1_000 });
		yield page.rows;
		after = page.next;
		more = after !== null;
	}
}

/** Ids of those whom a filter leaves, by name: for acts on everybody listed. @param most no more than these, and one to tell that there are more */
export async function listPersonIds(
	ctx: Context,
	filter: PeopleFilter,
	most: number,
	ability: Ability = 'people:view'
): Promise<string[]> {
	const { rows } = await listPeople(ctx, filter, { size: most + 1, ability });
	return rows.map(({ id }) => id);
}

/** Refuses where one of these people is out of reach. @throws forbidden access.forbidden, not-found person.not-found */
export async function demandPeople(ctx: Context, ids: readonly string[], ability: Ability): Promise<void> {
	demand(ctx, ability);
	const wanted = new Set(ids).size;
	if ((await countPeople(ctx, { ids, status: 'all' }, { ability, most: wanted })) < wanted) throw notFound('person');
}
