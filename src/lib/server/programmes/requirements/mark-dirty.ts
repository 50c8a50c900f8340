import { type SQL, sql } from 'drizzle-orm';
import { programmeAssignments, programmeDirty } from '#db/schema/programmes.ts';
import type { Facts } from '../../platform/announce.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { enqueue } from '../../platform/enqueue.ts';
import { idList } from '../../platform/id-list.ts';
import { askAnew } from './ask-anew.ts';
import { reconcile } from './reconcile.ts';
import { tellOfDuties } from './tell-of-duties.ts';

const job = 'programmes.reconcile';
const batch = 500;

/** Whether any standing assignment is in force: without one, nobody's change matters. */
const anyStands = sql`exists (select 1 from ${programmeAssignments} a where a.withdrawn_at is null)`;

/** Has the standing assignments held against people again within seconds. Part of the transaction that changed them. */
export const markPeople = (ctx: Context, personIds: readonly string[]): Promise<void> =>
	mark(ctx, sql`select p.id, null::uuid from people p where p.id in ${idList(personIds)} and ${anyStands}`);

/** Has standing assignments held against everybody again. */
export const markAssignments = (ctx: Context, which: SQL): Promise<void> =>
	mark(ctx, sql`select null::uuid, a.id from ${programmeAssignments} a where a.withdrawn_at is null and ${which}`);

async function mark(ctx: Context, marks: SQL): Promise<void> {
	const { rowCount } = await ctx.db.execute(sql`
		insert into ${programmeDirty} (person_id, programme_assignment_id, at)
		select marked.*, ${ctx.now}::timestamptz from (${marks}) marked`);
	if (rowCount) await enqueue(ctx, job, {}, { key: job });
}

/** People of whom something has changed that rules may ask about. */
export const markCorrected = (ctx: Context, { personIds }: Facts['people.corrected']): Promise<void> =>
	markPeople(ctx, personIds);

export const markMoved = (ctx: Context, { people }: Facts['people.moved']): Promise<void> =>
	markPeople(
		ctx,
		people.map(({ personId }) => personId)
	);

export const markPosts = (ctx: Context, { posts }: Facts['posts.recorded']): Promise<void> =>
	markPeople(
		ctx,
		posts.map(({ personId }) => personId)
	);

/** Everybody at and below a unit that has another place in the tree. */
export const markUnit = (ctx: Context, { unitId }: Facts['unit.moved']): Promise<void> =>
	mark(
		ctx,
		sql`select p.id, null::uuid from people p join units u on u.id = p.unit_id
			where u.path <@ (select path from units where id = ${unitId}) and ${anyStands}`
	);

/** Rules that name a course change with its completion. */
export const markOnCourse = (ctx: Context, { personId }: Facts['course.completed']): Promise<void> =>
	mark(
		ctx,
		sql`select p.id, null::uuid from people p where p.id = ${personId} and exists (
			select 1 from ${programmeAssignments} a join audiences on audiences.id = a.audience_id join audience_versions v on v.id = audiences.current_version_id
			where a.withdrawn_at is null and jsonb_path_exists(v.rule, '$.**.course'))`
	);

export const markAudiences = (ctx: Context, { audienceIds }: Facts['audience.changed']): Promise<void> =>
	markAssignments(ctx, sql`a.audience_id in ${idList(audienceIds)}`);

/**
 * Works off what has been marked, rules first; marks and duties change in one transaction, and a mark that comes in meanwhile is
 * seen by the next run. Whom it concerns is told. @returns how many marks
 */
export async function reconcileMarked(ctx: Context): Promise<number> {
	let done = 0;
	for (let more = true; more;) {
		const count = await atomically(ctx, reconcileBatch);
		done += count;
		more = count > 0;
	}
	return done;
}

async function reconcileBatch(ctx: Context): Promise<number> {
	const { rows: rules } = await ctx.db.execute<{ id: string }>(sql`
		delete from ${programmeDirty} where programme_assignment_id = (
			select d.programme_assignment_id from ${programmeDirty} d where d.programme_assignment_id is not null order by d.id limit 1)
		returning programme_assignment_id as id`);
	if (rules[0]) {
		await reconcile(ctx, [rules[0].id], 'all');
		await tellOfDuties(ctx, [rules[0].id]);
		return rules.length;
	}

	const { rows: marked } = await ctx.db.execute<{ personId: string }>(sql`
		delete from ${programmeDirty} where person_id in (
			select d.person_id from ${programmeDirty} d where d.person_id is not null group by d.person_id order by min(d.id) limit ${batch})
		returning person_id as "personId"`);
	const personIds = [...new Set(marked.map(({ personId }) => personId))];
	if (personIds.length === 0) return 0;
	await reconcile(ctx, 'all', { personIds });
	await tellOfDuties(ctx, 'all', personIds);
	return marked.length;
}

/** Holds every standing assignment against everybody: years begin, certificates run out, months pass. Runs every day. */
export async function reconcileAll(ctx: Context): Promise<void> {
	const { rows } = await ctx.db.execute<{ id: string }>(
		sql`select a.id from ${programmeAssignments} a where a.withdrawn_at is null order by a.id`
	);
	for (const { id } of rows) {
		await atomically(ctx, async (ctx) => {
			await reconcile(ctx, [id], 'all');
			await askAnew(ctx, sql`o.programme_assignment_id = ${id}`);
			await tellOfDuties(ctx, [id]);
		});
	}
}
