import { eq, type SQL, sql } from 'drizzle-orm';
import { people, posts } from '#db/schema/people.ts';
import { promotions } from '#db/schema/promotions.ts';
import { units } from '#db/schema/units.ts';
import type { LeadershipLevel } from '#lib/schemas/people.ts';
import type { CaseView } from '#lib/schemas/promotions.ts';
import type { Ability } from '../access/abilities.ts';
import { demandWithin, rootsOf, within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { addDays, dateOf } from '../platform/dates.ts';
import { notFound } from '../platform/errors.ts';
import { iso } from '../platform/iso.ts';
import { type Asked, type Page, readPage, turned } from '../platform/keyset.ts';
import { prepared } from '../platform/prepared.ts';
import { type CaseItem, hasItem, itemsOf } from './case-items.ts';
import { soonDays } from './case-state.ts';
import type { ItemState } from './item-state.ts';

/** Whom to list: promoted from a date to a date, serving at or below a unit today, to a level, by name. */
export type CaseFilter = {
	from?: string | null;
	to?: string | null;
	unitPath?: string | null;
	level?: LeadershipLevel | null;
	q?: string;
	/** Something of the case stands like this. */
	item?: ItemState | null;
};

export type Case = {
	id: string;
	personId: string;
	name: string;
	staffNumber: string;
	isActive: boolean;
	/** The unit where the person serves today; the post is the one that the promotion was to. */
	unitName: string | null;
	unitPath: string | null;
	title: string;
	fromLevel: LeadershipLevel | null;
	toLevel: LeadershipLevel;
	startsOn: string;
	dueOn: string;
	document: string | null;
	/** Instants as ISO text. */
	completedAt: string | null;
	cancelledAt: string | null;
	cancelledBecause: string | null;
	items: CaseItem[];
};

export type CaseCounts = Record<CaseView, number> & { later: number };
export type UrgentCases = Pick<CaseCounts, 'overdue' | 'soon'>;

const isOver = sql`(p.completed_at is not null or p.cancelled_at is not null or person.status <> 'active')`;

const joined = sql`
	from ${promotions} p
	join ${people} person on person.id = p.person_id
	join ${posts} post on post.id = p.post_id
	left join ${units} u on u.id = person.unit_id`;
const columns = sql`
	p.id, p.person_id as "personId", person.name, person.staff_number as "staffNumber", person.status = 'active' as "isActive", u.name as "unitName", u.path::text as "unitPath", post.title,
	p.from_level as "fromLevel", p.to_level as "toLevel", p.starts_on::text as "startsOn", p.due_on::text as "dueOn", p.document,
	${iso(sql`p.completed_at`)} as "completedAt", ${iso(sql`p.cancelled_at`)} as "cancelledAt", p.cancelled_because as "cancelledBecause",
	${itemsOf(sql`p`)} as items`;

/** Open cases by their deadline, so that what is overdue comes first; what is over the newest first. */
export function listCases(
	ctx: Context,
	filter: CaseFilter,
	view: CaseView,
	asked: Asked & { size?: number } = {}
): Promise<Page<Case>> {
	const order = {
		key: sql`p.due_on`,
		id: sql`p.id`,
		type: 'date' as const,
		descending: view === 'completed' || view === 'ended'
	};

	return readPage<Case>(asked, {
		size: asked.size ?? 50,
		keyOf: ({ dueOn, id }) => [dueOn, id],
		async read(turn) {
			const { where, rest } = turned(order, turn);
			const { rows } = await ctx.db.execute<Case>(sql`
				select ${columns}
				${casesWhere(ctx, filter)} and ${inView(ctx, view)} and ${where} ${rest}`);
			return rows;
		}
	});
}
/** The same list whole, a batch at a time: what an export writes. */
export async function* eachCase(ctx: Context, filter: CaseFilter, view: CaseView): AsyncGenerator<Case> {
	for (let after: string | null = null, first = true; first || after; first = false) {
		const page: Page<Case> = await listCases(ctx, filter, view, { after, size: 500 });
		yield* page.rows;
		after = page.next;
	}
}

/** One case whole. @throws not-found promotion.not-found */
export async function readCase(ctx: Context, id: string): Promise<Case> {
	const { rows } = await ctx.db.execute<Case>(sql`select ${columns} ${casesWhere(ctx, {})} and p.id = ${id}`);
	if (!rows[0]) throw notFound('promotion');
	return rows[0];
}

/** The cases of one person, the newest first. The caller has looked the person up within reach, or is the person. */
export async function listCasesOf({ db }: Context, personId: string): Promise<Case[]> {
	const { rows } = await db.execute<Case>(sql`
		select ${columns} ${joined} where p.person_id = ${personId} order by p.starts_on desc`);
	return rows;
}

/** How many cases each view holds; `soon` and `later` are parts of `open`, as `overdue` is. */
export async function countCases(ctx: Context, filter: CaseFilter = {}): Promise<CaseCounts> {
	const count = (view: CaseView) => sql`(count(*) filter (where ${inView(ctx, view)}))::int`;
	const { rows } = await ctx.db.execute<Record<CaseView, number>>(sql`
		select ${count('open')} as open, ${count('overdue')} as overdue, ${count('soon')} as soon, ${count('completed')} as completed, ${count('ended')} as ended
		${casesWhere(ctx, filter)}`);
	const counts = rows[0] ?? { open: 0, overdue: 0, soon: 0, completed: 0, ended: 0 };
	return { ...counts, later: counts.open - counts.overdue - counts.soon };
}

const given = sql.placeholder;
const urgent = prepared((db) =>
	db
		.select({
			overdue: sql<number>`(count(*) filter (where p.due_on < ${given('today')}::date))::int`,
			soon: sql<number>`(count(*) filter (where p.due_on >= ${given('today')}::date))::int`
		})
		.from(
			sql`${promotions} p join ${people} person on person.id = p.person_id join ${units} u on u.id = person.unit_id
				where not ${isOver} and p.due_on <= ${given('soon')}::date
					and u.path <@ ${given('unitPath')}::ltree and u.path <@ any(${given('roots')}::ltree[])`
		)
		.prepare('urgent_cases')
);

/** `overdue` and `soon` of `countCases` for a unit and what is below it, at a fraction of the price: overviews open often. */
export async function countUrgentCases({ db, actor, now }: Context, unitPath: string): Promise<UrgentCases> {
	const today = dateOf(now);
	const reach = { unitPath, roots: rootsOf(actor, 'promotion:view') };
	const [counts] = await urgent(db).execute({ today, soon: addDays(today, soonDays), ...reach });
	return counts ?? { overdue: 0, soon: 0 };
}

/** A case of somebody within reach, with their name. @throws not-found promotion.not-found */
export async function getCase(ctx: Context, id: string, ability: Ability) {
	const [found] = await ctx.db
		.select({
			id: promotions.id,
			personId: promotions.personId,
			name: people.name,
			title: posts.title,
			path: units.path
		})
		.from(promotions)
		.innerJoin(posts, eq(posts.id, promotions.postId))
		.innerJoin(people, eq(people.id, promotions.personId))
		.leftJoin(units, eq(units.id, people.unitId))
		.where(eq(promotions.id, id));
	demandWithin(ctx, ability, found?.path, 'promotion');
	if (!found) throw notFound('promotion');
	return found;
}

function casesWhere({ actor, now }: Context, { from, to, unitPath, level, q = '', item }: CaseFilter): SQL {
	const hit = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
	return sql`
		${joined}
		where ${within(actor, 'promotion:view', sql`u.path`)}
			${unitPath ? sql`and u.path <@ ${unitPath}::ltree` : sql``}
			${from ? sql`and p.starts_on >= ${from}` : sql``} ${to ? sql`and p.starts_on <= ${to}` : sql``}
			${item ? sql`and ${hasItem(item, dateOf(now))}` : sql``}
			${level ? sql`and p.to_level = ${level}` : sql``}
			${q ? sql`and (person.name || ' ' || person.pinyin || ' ' || person.initials || ' ' || person.staff_number::text) ilike ${hit}` : sql``}`;
}

/** The same rule as `caseStateOf`, of whole lists. */
function inView({ now }: Context, view: CaseView): SQL {
	const today = dateOf(now);
	switch (view) {
		case 'open':
			return sql`not ${isOver}`;
		case 'overdue':
			return sql`not ${isOver} and p.due_on < ${today}`;
		case 'soon':
			return sql`not ${isOver} and p.due_on between ${today} and ${addDays(today, soonDays)}`;
		case 'completed':
			return sql`p.completed_at is not null`;
		case 'ended':
			return sql`${isOver} and p.completed_at is null`;
	}
}
