import { sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import type { AudienceRule } from '#lib/schemas/audiences.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { type Asked, type Page, readPage, turned } from '../../platform/keyset.ts';
import { audienceOfAll, audienceWhere } from './audience-where.ts';

export type Member = { id: string; name: string; staffNumber: string; unit: string; title: string };
export type AudiencePreview = { count: number; sample: Member[] };

/** A rule with the unit that bounds it. */
export type Bounded = { rule: AudienceRule; unitPath: string };

const shown = 20;
const few = 20_000;
/** Where many belong, the sample is looked for among a part of them that is spread over all. */
const drawnFrom = shown * 10;

const columns = sql`${people.id} as id, ${people.name} as name, ${people.staffNumber}::text as "staffNumber",
	(select u.name from units u where u.id = ${people.unitId}) as unit, ${people.title} as title`;

/** How many belong, exactly, and some of them. Nothing is scoped here: whoever asks has been let near the unit of the audience. */
export function previewAudience(ctx: Context, { rule, unitPath }: Bounded): Promise<AudiencePreview> {
	return atomically(ctx, async (ctx) => {
		await rememberMuch(ctx);
		const { from, where } = audienceOfAll(ctx, rule, unitPath);
		const { rows: counted } = await ctx.db.execute<{ count: number }>(
			sql`select count(*)::int as count from ${from} where ${where}`
		);
		const count = counted[0]?.count ?? 0;
		const parts = Math.max(1, Math.floor(count / drawnFrom));
		const some = parts === 1 ? sql`true` : sql`uuid_hash(${people.id}) % ${parts} = 0`;
		const { rows: sample } = await ctx.db.execute<Member>(
			sql`select ${columns} from ${from} where ${where} and ${some} limit ${shown}`
		);
		return { count, sample };
	});
}

/**
 * Everybody who belongs, by name, a page at a time. Where they are few, all of them are fetched and sorted: walking along the
 * names in search of them could take it past everybody else.
 */
export function listMembers(
	ctx: Context,
	{ rule, unitPath }: Bounded,
	asked: Asked,
	{ size = 50, count = 0 } = {}
): Promise<Page<Member>> {
	return readPage<Member>(asked, {
		size,
		keyOf: ({ name, id }) => [name, id],
		read: async (turn) => {
			const name = count < few ? sql`(${people.name} || '')` : people.name;
			const { where, rest } = turned({ key: sql`${name} collate "zh-x-icu"`, id: people.id, type: 'text' }, turn);
			const { rows } = await ctx.db.execute<Member>(
				sql`select ${columns} from ${people} where ${audienceWhere(ctx, rule, unitPath)} and ${where} ${rest}`
			);
			return rows;
		}
	});
}

/** Lets PostgreSQL hold those who completed a course, or stand on a list, in memory. */
const rememberMuch = ({ db }: Context) => db.execute(sql`set local work_mem = '64MB'`);
