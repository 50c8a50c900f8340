import { sql } from 'drizzle-orm';
import { people, posts } from '#db/schema/people.ts';
import { announce } from '../../platform/announce.ts';
import { writeInBatches } from '../../platform/batches.ts';
import type { Context } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { newId } from '../../platform/ids.ts';
import { openAccounts } from '../../sessions/open-account.ts';
import { applyFirstPosts, applyPosts } from '../apply-posts.ts';
import { readingOf } from '../name-reading.ts';
import { projectPeople } from '../project-people.ts';
import type { Act, HeldPost } from './judge-row.ts';
import type { JudgedRow } from './judge-rows.ts';
import type { ReadRow } from './read-row.ts';

type Written = { hired: number; corrected: number; appointed: number; left: number };

/** Does what judged rows ask for, each kind of act at once for all people. */
export async function writeRows(ctx: Context, rows: JudgedRow<ReadRow>[]): Promise<Written> {
	const acts = rows.flatMap(({ judgement, personId, values }) =>
		judgement.verdict === 'wrong'
			? []
			: [
					{
						...judgement.act,
						personId: personId ?? newId(),
						isNew: personId === null,
						staffNumber: values.staffNumber!
					}
				]
	);
	const hired = acts.filter(({ isNew }) => isNew);
	const detailed = acts.filter(({ isNew, details }) => !isNew && details);
	const corrected = acts.filter(({ corrected }) => corrected);
	const appointed = acts.filter(({ isNew, post }) => !isNew && post);
	const leaving = acts.filter(({ leaves }) => leaves);

	await hire(ctx, hired);
	await correctDetails(ctx, detailed);
	await correctPosts(ctx, corrected);
	await applyPosts(
		ctx,
		appointed.map(({ personId, post }) => ({ ...post!, personId }))
	);
	await letLeave(ctx, leaving);
	return {
		hired: hired.length,
		corrected: new Set([...detailed, ...corrected]).size,
		appointed: appointed.length,
		left: leaving.length
	};
}

type PersonAct = Act & { personId: string; staffNumber: string };

/** People with an account that has no password yet. They stand in their unit at once. */
async function hire(ctx: Context, hired: PersonAct[]): Promise<void> {
	const today = dateOf(ctx.now);
	await writeInBatches(hired, {
		size: 1_000,
		prepare: (batch) => ({ batch, fresh: batch.map((act) => freshPerson(act, today)) }),
		write: async ({ batch, fresh }) => {
			const column = (name: keyof FreshPerson) => sql.param(fresh.map((person) => person[name]));
			await ctx.db.execute(sql`
				insert into ${people} (id, staff_number, name, pinyin, initials, email, joined_on, establishment, unit_id, title, leadership_level, rank, created_at, updated_at)
				select *, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz from unnest(
					${column('id')}::uuid[], ${column('staffNumber')}::text[], ${column('name')}::text[], ${column('pinyin')}::text[],
					${column('initials')}::text[], ${column('email')}::text[], ${column('joinedOn')}::date[], ${column('establishment')}::establishment[], ${column('unitId')}::uuid[],
					${column('title')}::text[], ${column('leadershipLevel')}::leadership_level[], ${column('rank')}::rank[])`);
			await openAccounts(
				ctx,
				batch.map(({ personId }) => personId)
			);
			await applyFirstPosts(
				ctx,
				batch.map(({ personId, post }) => ({ ...post!, personId }))
			);
		}
	});
}

type FreshPerson = ReturnType<typeof freshPerson>;

function freshPerson({ personId, staffNumber, details, post }: PersonAct, today: string) {
	const { unitId, startsOn, title, leadershipLevel, rank } = post!;
	const held = startsOn <= today ? { title, leadershipLevel, rank } : { title: '', leadershipLevel: null, rank: null };
	return { id: personId, staffNumber, ...details!, ...readingOf(details!.name), unitId, ...held };
}

async function correctDetails(ctx: Context, acts: PersonAct[]): Promise<void> {
	await writeInBatches(acts, {
		size: 1_000,
		prepare: (batch) =>
			batch.map(({ personId, details }) => ({ id: personId, ...details!, ...readingOf(details!.name) })),
		write: async (rows) => {
			await ctx.db.execute(sql`
				update ${people} p set name = said.name, pinyin = said.pinyin, initials = said.initials, email = said.email, joined_on = said."joinedOn", establishment = said.establishment, updated_at = ${ctx.now}
				from json_to_recordset(${JSON.stringify(rows)}::json) as said ("id" uuid, "name" text, "pinyin" text, "initials" text, "email" text, "joinedOn" date, "establishment" establishment)
				where p.id = said.id`);
			await announce(ctx, 'people.corrected', { personIds: rows.map(({ id }) => id) });
		}
	});
}

/** Title, 职级 and document of the post held; unit, level and dates are never corrected this way. */
async function correctPosts(ctx: Context, acts: PersonAct[]): Promise<void> {
	const rows: HeldPost[] = acts.map(({ corrected }) => corrected!);
	await ctx.db.execute(sql`
		update ${posts} p set title = said.title, rank = said.rank, document = said.document
		from json_to_recordset(${JSON.stringify(rows)}::json) as said ("id" uuid, "title" text, "rank" rank, "document" text)
		where p.id = said.id`);
	await projectPeople(
		ctx,
		acts.map(({ personId }) => personId)
	);
}

async function letLeave(ctx: Context, acts: PersonAct[]): Promise<void> {
	const rows = acts.map(({ personId, leaves }) => ({ id: personId, ...leaves! }));
	const leaving = sql`json_to_recordset(${JSON.stringify(rows)}::json) as leaving ("id" uuid, "status" person_status, "on" date)`;
	await ctx.db.execute(
		sql`update ${posts} p set ends_on = leaving."on" from ${leaving} where p.person_id = leaving.id and (p.ends_on is null or p.ends_on > leaving."on")`
	);
	await ctx.db.execute(
		sql`update ${people} p set status = leaving.status, left_on = leaving."on", updated_at = ${ctx.now} from ${leaving} where p.id = leaving.id`
	);
	for (const [on, gone] of Map.groupBy(rows, ({ on }) => on))
		await announce(ctx, 'people.left', { personIds: gone.map(({ id }) => id), on });
}
