import { type SQL, sql } from 'drizzle-orm';
import type { DueRule } from '#lib/schemas/programmes.ts';
import { obligationStates } from '#lib/schemas/programmes.ts';
import { can, demand, rootsOf, within } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { iso } from '../../platform/iso.ts';
import { type ObligationState, stateIn } from '../obligation-state.ts';

export type Counts = Record<ObligationState, number>;

export type StandingLine = {
	id: string;
	programmeId: string;
	title: string;
	audienceId: string;
	audience: string;
	unit: string;
	due: DueRule;
	startsOn: string;
	endsOn: string | null;
	createdAt: string;
	by: string;
	withdrawnAt: string | null;
	withdrawnBecause: string | null;
	/** Duties within reach by state. */
	counts: Counts;
	/** Whether changes are still being worked off. */
	pending: boolean;
};

type Row = Omit<StandingLine, 'counts'> & { counts: Partial<Counts> | null };

/** Made within reach, or with people there. */
const visible = ({ actor }: Context): SQL => sql`(
	u.path <@ any(${sql.param(rootsOf(actor, 'programme:view'))}::ltree[])
	or exists (select 1 from obligations o join units here on here.id = o.unit_id
		where o.programme_assignment_id = a.id and ${within(actor, 'training:view', sql`here.path`)}))`;

const columns = (ctx: Context): SQL => sql`
	a.id, a.programme_id as "programmeId", p.title, a.audience_id as "audienceId", au.name as audience, u.name as unit, a.due, a.starts_on::text as "startsOn", a.ends_on::text as "endsOn",
	${iso(sql`a.created_at`)} as "createdAt", person.name as by, ${iso(sql`a.withdrawn_at`)} as "withdrawnAt", a.withdrawn_because as "withdrawnBecause",
	(select json_object_agg(state, count) from (
		select ${stateIn(sql`o`, dateOf(ctx.now))} as state, count(*) as count from obligations o join units here on here.id = o.unit_id
		where o.programme_assignment_id = a.id and ${within(ctx.actor, 'training:view', sql`here.path`)} group by 1) states) as counts,
	exists (select 1 from programme_dirty d where d.programme_assignment_id = a.id) as pending`;

const tables = sql`
	from programme_assignments a join programmes p on p.id = a.programme_id join audiences au on au.id = a.audience_id
	join units u on u.id = a.unit_id join people person on person.id = a.created_by`;

/** The standing assignments of a programme that the actor may see, those in force first. */
export async function listStandingAssignments(ctx: Context, programmeId: string): Promise<StandingLine[]> {
	demand(ctx, 'programme:view');
	const { rows } = await ctx.db.execute<Row>(sql`
		select ${columns(ctx)} ${tables} where a.programme_id = ${programmeId} and ${visible(ctx)}
		order by a.withdrawn_at is not null, a.created_at desc, a.id limit 200`);
	return rows.map((row) => ({ ...row, counts: whole(row.counts) }));
}

export type StandingDetails = StandingLine & { reason: string; mayWithdraw: boolean };

/** One standing assignment, with how its duties stand. @throws not-found assignment.not-found */
export async function getStandingAssignment(ctx: Context, id: string): Promise<StandingDetails> {
	if (!isId(id)) throw notFound('assignment');
	const { rows } = await ctx.db.execute<Row & { reason: string; path: string }>(
		sql`select ${columns(ctx)}, a.reason, u.path::text as path ${tables} where a.id = ${id} and ${visible(ctx)}`
	);
	const [row] = rows;
	if (!row) throw notFound('assignment');
	const { path, ...details } = row;
	const mayWithdraw = row.withdrawnAt === null && can(ctx.actor, 'programme:edit', path);
	return { ...details, counts: whole(row.counts), mayWithdraw };
}

/** A standing assignment with its row taken, for those who may change it. @throws not-found assignment.not-found */
export async function lockAssignment({ db, actor }: Context, id: string) {
	const { rows } = await db.execute<{ id: string; title: string; path: string; withdrawnAt: string | null }>(sql`
		select a.id, p.title, u.path::text as path, ${iso(sql`a.withdrawn_at`)} as "withdrawnAt" ${tables} where a.id = ${id} for update of a`);
	const [row] = rows;
	if (!row || !can(actor, 'programme:edit', row.path)) throw notFound('assignment');
	return row;
}

function whole(counts: Partial<Counts> | null): Counts {
	return { ...(Object.fromEntries(obligationStates.map((state) => [state, 0])) as Counts), ...counts };
}
