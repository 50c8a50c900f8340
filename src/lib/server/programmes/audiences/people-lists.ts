import { eq, sql } from 'drizzle-orm';
import { peopleLists } from '#db/schema/audiences.ts';
import type { Ability } from '../../access/abilities.ts';
import { can, demand, demandWithin, within } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { iso } from '../../platform/iso.ts';
import { type Asked, type Page, readPage, turned } from '../../platform/keyset.ts';
import type { Member } from './preview-audience.ts';

export type PeopleListLine = { id: string; name: string; unit: string; people: number; by: string; createdAt: string };

/** The lists within reach, by name. */
export async function listPeopleLists(ctx: Context, ability: Ability = 'programme:view'): Promise<PeopleListLine[]> {
	demand(ctx, ability);
	const { rows } = await ctx.db.execute<PeopleListLine>(sql`
		select l.id, l.name, u.name as unit, p.name as by, ${iso(sql`l.created_at`)} as "createdAt",
			(select count(*)::int from people_list_members m where m.list_id = l.id) as people
		from people_lists l join units u on u.id = l.unit_id join people p on p.id = l.created_by
		where ${within(ctx.actor, ability, sql`u.path`)} order by l.name collate "zh-x-icu", l.id`);
	return rows;
}

export type PeopleList = PeopleListLine & { mayEdit: boolean };

/** One list. @throws not-found people-list.not-found */
export async function getPeopleList(
	ctx: Context,
	id: string,
	ability: Ability = 'programme:view'
): Promise<PeopleList> {
	if (!isId(id)) throw notFound('people-list');
	const { rows } = await ctx.db.execute<PeopleListLine & { path: string }>(sql`
		select l.id, l.name, u.name as unit, u.path::text, p.name as by, ${iso(sql`l.created_at`)} as "createdAt",
			(select count(*)::int from people_list_members m where m.list_id = l.id) as people
		from people_lists l join units u on u.id = l.unit_id join people p on p.id = l.created_by where l.id = ${id}`);
	const [found] = rows;
	demandWithin(ctx, ability, found?.path, 'people-list');
	if (!found) throw notFound('people-list');
	const { path, ...list } = found;
	return { ...list, mayEdit: can(ctx.actor, 'programme:edit', path) };
}

/** The same with its row taken, for a change that others must wait for. */
export async function lockPeopleList(ctx: Context, id: string): Promise<PeopleList> {
	if (!isId(id)) throw notFound('people-list');
	await ctx.db.select({ id: peopleLists.id }).from(peopleLists).where(eq(peopleLists.id, id)).for('update');
	return getPeopleList(ctx, id, 'programme:edit');
}

/** Who of a list is within the actor's reach, by name, a page at a time. */
export function listListMembers(ctx: Context, listId: string, asked: Asked, size = 50): Promise<Page<Member>> {
	return readPage<Member>(asked, {
		size,
		keyOf: ({ name, id }) => [name, id],
		read: async (turn) => {
			const { where, rest } = turned({ key: sql`p.name collate "zh-x-icu"`, id: sql`p.id`, type: 'text' }, turn);
			const { rows } = await ctx.db.execute<Member>(sql`
				select p.id, p.name, p.staff_number::text as "staffNumber", u.name as unit, p.title
				from people_list_members m join people p on p.id = m.person_id join units u on u.id = p.unit_id
				where m.list_id = ${listId} and ${within(ctx.actor, 'programme:view', sql`u.path`)} and ${where} ${rest}`);
			return rows;
		}
	});
}

/** The audiences of which a wording names the list: any wording that ever was, or only the one in force. */
export async function listAudiencesNaming(
	{ db }: Context,
	listId: string,
	{ current = false } = {}
): Promise<{ id: string; name: string }[]> {
	const { rows } = await db.execute<{ id: string; name: string }>(sql`
		select a.id, a.name from audiences a where ${current ? sql`a.archived_at is null and` : sql``} exists (
			select 1 from audience_versions v where v.audience_id = a.id and ${current ? sql`v.id = a.current_version_id and` : sql``}
				jsonb_path_exists(v.rule, '$.**.list.id ? (@ == $list)', jsonb_build_object('list', ${listId}::text)))
		order by a.name collate "zh-x-icu", a.id`);
	return rows;
}
