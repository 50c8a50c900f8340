import { type SQL, sql } from 'drizzle-orm';
import type { Localized } from '#db/schema/columns.ts';
import { assignments, obligations } from '#db/schema/programmes.ts';
import { units } from '#db/schema/units.ts';
import { obligationStates } from '#lib/schemas/programmes.ts';
import { can, demand, rootsOf, within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import { iso } from '../platform/iso.ts';
import { type Asked, type Order, type Page, readPage, turned } from '../platform/keyset.ts';
import { isLive, type ObligationState } from './obligation-state.ts';
import { stateToday } from './listed.ts';

/** How many people of an assignment are in each state, of those within reach. */
export type Counts = Record<ObligationState, number>;

export type AssignmentLine = {
	id: string;
	title: Localized;
	unit: string;
	by: string;
	dueOn: string;
	createdAt: string;
	withdrawnAt: string | null;
	counts: Counts;
	/** Whom it asks something of: exempt people stand apart, in `counts`. */
	people: number;
};

export type AssignmentSort = 'created' | '-created' | 'due' | '-due';
const size = 25;

const orders: Record<AssignmentSort, Order> = {
	created: { key: assignments.createdAt, id: assignments.id, type: 'timestamptz' },
	'-created': { key: assignments.createdAt, id: assignments.id, type: 'timestamptz', descending: true },
	due: { key: assignments.dueOn, id: assignments.id, type: 'date' },
	'-due': { key: assignments.dueOn, id: assignments.id, type: 'date', descending: true }
};

/** Whether the actor may see an assignment: it was made within their reach, or has people there. */
const visible = ({ actor }: Context): SQL => sql`(
	exists (select 1 from ${units} made where made.id = ${assignments.unitId} and made.path <@ any(${sql.param(rootsOf(actor, 'training:view'))}::ltree[]))
	or exists (select 1 from ${obligations} join ${units} on ${units.id} = ${obligations.unitId}
		where ${obligations.assignmentId} = ${assignments.id} and ${within(actor, 'training:view', units.path)}))`;

/** The states of an assignment's people within reach, counted in the database in one go. */
const counted = (ctx: Context): SQL => sql`(
	select json_object_agg(state, count) from (
		select ${stateToday(ctx)} as state, count(*) as count
		from ${obligations} join ${units} on ${units.id} = ${obligations.unitId}
		where ${obligations.assignmentId} = ${assignments.id} and ${within(ctx.actor, 'training:view', units.path)}
		group by 1) states)`;

export type AssignmentFilter = Asked & { q?: string; standing?: 'open' | 'closed'; sort?: AssignmentSort };

/** Assignments within reach, newest first. @param q part of the course's title, the reason or the name of who assigned it */
export async function listAssignments(
	ctx: Context,
	{ q = '', standing, sort = '-created', ...asked }: AssignmentFilter = {}
): Promise<Page<AssignmentLine>> {
	demand(ctx, 'training:view');
	const order = orders[sort];
	const hit = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
	const hasOpen = sql`exists (select 1 from ${obligations} o where o.assignment_id = ${assignments.id} and ${isLive(sql`o`)})`;

	return readPage<AssignmentLine & { key: string }>(asked, {
		size,
		keyOf: ({ key, id }) => [key, id],
		read: async (turn) => {
			const { where, rest } = turned(order, turn);
			const { rows } = await ctx.db.execute<AssignmentLine & { key: string; counts: Partial<Counts> | null }>(sql`
				select ${assignments.id}, (${order.key})::text as key, v.title, unit.name as unit, person.name as by,
					${assignments.dueOn}::text as "dueOn", ${iso(assignments.createdAt)} as "createdAt", ${iso(assignments.withdrawnAt)} as "withdrawnAt",
					${counted(ctx)} as counts
				from ${assignments}
				join courses c on c.id = ${assignments.courseId} join course_versions v on v.id = c.current_version_id
				join units unit on unit.id = ${assignments.unitId} join people person on person.id = ${assignments.createdBy}
				where ${visible(ctx)} and ${where}
					and ${q ? sql`(v.title->>'zh-CN' ilike ${hit} or v.title->>'en' ilike ${hit} or ${assignments.reason} ilike ${hit} or person.name ilike ${hit})` : sql`true`}
					and ${standing ? (standing === 'open' ? hasOpen : sql`not ${hasOpen}`) : sql`true`}
				${rest}`);
			return rows.map((row) => ({ ...row, ...totals(row.counts) }));
		}
	});
}

export type Target = { kind: 'unit'; name: string; subtree: boolean } | { kind: 'person'; name: string };

export type AssignmentDetails = AssignmentLine & {
	courseSlug: string;
	reason: string;
	withdrawnBecause: string | null;
	targets: Target[];
	/** Whether the actor may extend and withdraw it, or only remind their own people. */
	mayChange: boolean;
};

/** One assignment, with what it named and how it stands. @throws not-found assignment */
export async function getAssignment(ctx: Context, id: string): Promise<AssignmentDetails> {
	if (!isId(id)) throw notFound('assignment');
	const { rows } = await ctx.db.execute<
		Omit<AssignmentDetails, 'mayChange'> & { path: string; counts: Partial<Counts> | null }
	>(sql`
		select ${assignments.id}, v.title, c.slug as "courseSlug", unit.name as unit, unit.path::text, person.name as by, ${assignments.reason},
			${assignments.dueOn}::text as "dueOn", ${iso(assignments.createdAt)} as "createdAt", ${iso(assignments.withdrawnAt)} as "withdrawnAt",
			${assignments.withdrawnBecause} as "withdrawnBecause", ${counted(ctx)} as counts,
			(select coalesce(json_agg(case when t.unit_id is null
					then json_build_object('kind', 'person', 'name', p.name)
					else json_build_object('kind', 'unit', 'name', u.name, 'subtree', t.subtree) end order by t.unit_id is null, t.position), '[]')
				from assignment_targets t left join people p on p.id = t.person_id left join units u on u.id = t.unit_id
				where t.assignment_id = ${assignments.id}) as targets
		from ${assignments}
		join courses c on c.id = ${assignments.courseId} join course_versions v on v.id = c.current_version_id
		join units unit on unit.id = ${assignments.unitId} join people person on person.id = ${assignments.createdBy}
		where ${assignments.id} = ${id} and ${visible(ctx)}`);
	const [row] = rows;
	if (!row) throw notFound('assignment');
	const { path, ...details } = row;
	return { ...details, ...totals(row.counts), mayChange: can(ctx.actor, 'training:assign', path) };
}

function totals(counts: Partial<Counts> | null): { counts: Counts; people: number } {
	const none = Object.fromEntries(obligationStates.map((state) => [state, 0])) as Counts;
	const all: Counts = { ...none, ...counts };
	const { withdrawn: _, exempt: __, ...due } = all;
	return { counts: all, people: Object.values(due).reduce((sum, count) => sum + count, 0) };
}
