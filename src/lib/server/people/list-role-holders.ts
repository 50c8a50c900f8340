import { and, eq, type SQL, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { people } from '#db/schema/people.ts';
import { grants, units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/grants.ts';
import { demand, within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { notFound } from '../platform/errors.ts';
import { type Asked, type Page, readPage, turned } from '../platform/keyset.ts';
import { mayGrant } from '../units/grant-role.ts';
import { isStanding } from '../units/list-grants.ts';
import { isFoundBy } from './name-search.ts';

export type RoleHolder = Awaited<ReturnType<typeof read>>[number];

type Filter = v.InferOutput<typeof schemas.grantFilter>;

/** Who holds which role over which unit, now or from a later date, within the actor's reach; by pinyin of the name. */
export function listRoleHolders(ctx: Context, filter: Filter, asked: Asked = {}, size = 50): Promise<Page<RoleHolder>> {
	demand(ctx, 'role:view');
	const order = { key: sql`${people.name} collate "zh-x-icu"`, id: grants.id, type: 'text' as const };
	return readPage<RoleHolder>(asked, {
		size,
		keyOf: ({ name, id }) => [name, id],
		read: (turn) => {
			const { where, rest } = turned(order, turn);
			return read(ctx, sql`${listedBy(ctx, filter)} and ${where} ${rest}`);
		}
	});
}

/** How many there are in all. */
export async function countRoleHolders(ctx: Context, filter: Filter): Promise<number> {
	const [row] = await ctx.db
		.select({ count: sql<number>`count(*)`.mapWith(Number) })
		.from(grants)
		.innerJoin(people, eq(people.id, grants.personId))
		.innerJoin(units, eq(units.id, grants.unitId))
		.where(listedBy(ctx, filter));
	return row?.count ?? 0;
}

/** One of them. @throws not-found grant.not-found */
export async function getRoleHolder(ctx: Context, grantId: string) {
	const [row] = await read(ctx, sql`${listedBy(ctx, { q: '' })} and ${grants.id} = ${grantId}`);
	if (!row) throw notFound('grant');
	return row;
}

function listedBy({ actor, now }: Context, { q, role, unit }: Filter): SQL | undefined {
	return and(
		within(actor, 'role:view', units.path),
		isStanding(dateOf(now)),
		role && eq(grants.role, role),
		unit ? sql`${units.path} <@ (select path from units where id = ${unit})` : undefined,
		q ? isFoundBy(q) : undefined
	);
}

async function read({ db, actor, now }: Context, where: SQL) {
	const today = dateOf(now);
	const rows = await db
		.select({
			id: grants.id,
			personId: people.id,
			name: people.name,
			staffNumber: people.staffNumber,
			role: grants.role,
			unit: units.name,
			path: units.path,
			startsOn: grants.startsOn,
			endsOn: grants.endsOn,
			/** Whom they act for, where the role is lent. */
			lentBy: sql<
				string | null
			>`(select l.name from grants own join people l on l.id = own.person_id where own.id = ${grants.lentByGrantId})`,
			grantedBy: sql<string | null>`(select g.name from people g where g.id = ${grants.grantedBy})`
		})
		.from(grants)
		.innerJoin(people, eq(people.id, grants.personId))
		.innerJoin(units, eq(units.id, grants.unitId))
		.where(where);
	return rows.map(({ path, ...row }) => ({
		...row,
		isInForce: row.startsOn <= today,
		mayRevoke: row.personId !== actor.personId && mayGrant(actor, row.role, path)
	}));
}
