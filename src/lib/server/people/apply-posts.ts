import { type SQL, sql } from 'drizzle-orm';
import { people, posts } from '#db/schema/people.ts';
import type { LeadershipLevel, PostKind, Rank } from '#lib/schemas/people.ts';
import { announce, type RecordedPost } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { projectPeople } from './project-people.ts';

export type NewPost = {
	personId: string;
	unitId: string;
	title: string;
	leadershipLevel: LeadershipLevel | null;
	rank: Rank | null;
	kind: PostKind;
	startsOn: string;
	document: string | null;
};

/**
 * Enters primary posts, any number of people at once: each ends the post held until then and lasts until the next one that
 * is already known. Results, hours and completions are not touched: they stay where they were earned.
 * @throws conflict post.same-day where somebody already has a primary post that begins on that day
 */
export async function applyPosts(ctx: Context, rows: NewPost[]): Promise<void> {
	if (rows.length === 0) return;
	const fresh = freshOf(rows);

	await ctx.db.execute(
		sql`select id from ${people} where id in (select "personId" from ${fresh}) order by id for update`
	);
	const { rows: clash } = await ctx.db.execute(
		sql`select 1 from ${posts} p join ${fresh} on p.person_id = fresh."personId" and p."primary" and p.starts_on = fresh."startsOn" limit 1`
	);
	if (clash.length > 0) throw conflict('post.same-day', { field: 'startsOn' });

	const { rows: ended } = await ctx.db.execute<{ person_id: string; level: string | null }>(sql`
		update ${posts} p set ends_on = fresh."startsOn" from ${fresh}
		where p.person_id = fresh."personId" and p."primary" and p.starts_on < fresh."startsOn" and (p.ends_on is null or p.ends_on > fresh."startsOn")
		returning p.person_id, p.leadership_level::text as level`);
	const levelBefore = new Map(ended.map(({ person_id, level }) => [person_id, level]));

	const recorded = await insertPosts(ctx, rows);
	await projectPeople(
		ctx,
		rows.map(({ personId }) => personId)
	);
	await announce(ctx, 'posts.recorded', {
		posts: recorded.map((post) => ({ ...post, fromLevel: levelBefore.get(post.personId) ?? null }))
	});
}

/** Enters the first posts of people whom this transaction has made: nothing is held before or after, and nobody moves. */
export async function applyFirstPosts(ctx: Context, rows: NewPost[]): Promise<void> {
	if (rows.length === 0) return;
	const recorded = await insertPosts(ctx, rows, { areFirst: true });
	await announce(ctx, 'posts.recorded', { posts: recorded.map((post) => ({ ...post, fromLevel: null })) });
}

/** Enters posts of which each lasts until the next one that is known. */
async function insertPosts(
	ctx: Context,
	rows: NewPost[],
	{ areFirst = false } = {}
): Promise<Omit<RecordedPost, 'fromLevel'>[]> {
	const next = sql`(select min(p.starts_on) from ${posts} p where p.person_id = "personId" and p."primary" and p.starts_on > "startsOn")`;
	const column = <Name extends keyof NewPost>(name: Name) => sql.param(rows.map((row) => row[name]));
	const { rows: recorded } = await ctx.db.execute<Omit<RecordedPost, 'fromLevel'>>(sql`
		insert into ${posts} (id, person_id, unit_id, title, leadership_level, rank, kind, "primary", starts_on, ends_on, document, created_at)
		select "id", "personId", "unitId", "title", "leadershipLevel", fresh."rank", "kind", true, "startsOn",
			${areFirst ? null : next}::date, "document", ${ctx.now}::timestamptz
		from unnest(
			${sql.param(rows.map(() => newId()))}::uuid[], ${column('personId')}::uuid[], ${column('unitId')}::uuid[], ${column('title')}::text[],
			${column('leadershipLevel')}::leadership_level[], ${column('rank')}::rank[], ${column('kind')}::post_kind[], ${column('startsOn')}::date[],
			${column('document')}::text[]
		) as fresh ("id", "personId", "unitId", "title", "leadershipLevel", "rank", "kind", "startsOn", "document")
		returning id as "postId", person_id as "personId", unit_id as "unitId", kind, starts_on::text as "startsOn", document, leadership_level::text as "toLevel"`);
	return recorded;
}

function freshOf(rows: NewPost[]): SQL {
	const given = JSON.stringify(rows.map(({ personId, startsOn }) => ({ personId, startsOn })));
	return sql`json_to_recordset(${given}::json) as fresh("personId" uuid, "startsOn" date)`;
}
