import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { people, posts } from '#db/schema/people.ts';
import { announce } from '../../platform/announce.ts';
import type { Context } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { newId } from '../../platform/ids.ts';
import { openAccounts } from '../../sessions/open-account.ts';
import { applyFirstPosts, applyPosts } from '../apply-posts.ts';
import { readingOf } from '../name-reading.ts';
import { projectPeople } from '../project-people.ts';
import type { Act, Details, HeldPost } from './judge-row.ts';
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
	const named = await withReadings(hired);
	const rows = named.map(({ personId, staffNumber, details, post, reading }) => {
		const { unitId, startsOn, title, leadershipLevel, rank } = post!;
		const held =
			startsOn <= today ? { title, leadershipLevel, rank } : { title: '', leadershipLevel: null, rank: null };
		return { id: personId, staffNumber, ...details, ...reading, unitId, ...held };
	});
	await ctx.db.execute(sql`
		insert into ${people} (id, staff_number, name, pinyin, initials, email, joined_on, unit_id, title, leadership_level, rank, created_at, updated_at)
		select id, "staffNumber", name, pinyin, initials, email, "joinedOn", "unitId", title, "leadershipLevel", rank, ${ctx.now}, ${ctx.now}
		from json_to_recordset(${JSON.stringify(rows)}::json) as fresh ("id" uuid, "staffNumber" text, "name" text, "pinyin" text, "initials" text, "email" text,
			"joinedOn" date, "unitId" uuid, "title" text, "leadershipLevel" leadership_level, "rank" rank)`);
	await openAccounts(
		ctx,
		rows.map(({ id }) => id)
	);
	await applyFirstPosts(
		ctx,
		hired.map(({ personId, post }) => ({ ...post!, personId }))
	);
}

async function correctDetails(ctx: Context, acts: PersonAct[]): Promise<void> {
	const rows = (await withReadings(acts)).map(({ personId, details, reading }) => ({
		id: personId,
		...details,
		...reading
	}));
	await ctx.db.execute(sql`
		update ${people} p set name = said.name, pinyin = said.pinyin, initials = said.initials, email = said.email, joined_on = said."joinedOn", updated_at = ${ctx.now}
		from json_to_recordset(${JSON.stringify(rows)}::json) as said ("id" uuid, "name" text, "pinyin" text, "initials" text, "email" text, "joinedOn" date)
		where p.id = said.id`);
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

const breathEvery = 500;

/** How names are read takes a while for a whole province: others get their turn in between. */
async function withReadings<Row extends { details?: Details }>(
	rows: Row[]
): Promise<(Row & { details: Details; reading: ReturnType<typeof readingOf> })[]> {
	const read = [];
	for (const [at, row] of rows.entries()) {
		if (at % breathEvery === 0) await breathe();
		read.push({ ...row, details: row.details!, reading: readingOf(row.details!.name) });
	}
	return read;
}
