import { sql } from 'drizzle-orm';
import { connect, openPool } from '#db/client.ts';
import { readExamTurnout } from '#lib/server/exams/statistics/exam-turnout.ts';
import { keepSheets } from '#lib/server/exams/statistics/keep-sheets.ts';
import { readStatistics } from '#lib/server/exams/statistics/read-statistics.ts';
import { workOutStatistics } from '#lib/server/exams/statistics/work-out.ts';
import { platformActor, type Context } from '#lib/server/platform/context.ts';
import { aBankQuestion } from '../factories/bank.ts';
import { anExam, aPaper } from '../factories/exams.ts';
import { aPerson } from '../factories/people.ts';
import { as, aUnit, theProvince } from '../factories/units.ts';

export type ExamStatisticsFigures = {
	attempts: number;
	answers: number;
	/** Milliseconds: one GROUP BY by question over the same rows, and the whole statistics of the exam. */
	bare: number;
	workOut: number;
	/** Milliseconds: what the page reads once they are worked out: figures and questions; turnout by unit and rank. */
	cached: number;
	turnout: number;
	/** The statistics as a multiple of the bare GROUP BY. */
	ratio: number;
};

const [slots, pool, units] = [50, 80, 200];

/**
 * Works out the statistics of an exam that everybody has sat, beside one bare GROUP BY over the same rows.
 * @param url a migrated database of its own: the exam stays in it
 */
export async function benchExamStatistics(url: string, attempts = 100_000): Promise<ExamStatisticsFigures> {
	const connections = openPool(url);
	const ctx: Context = { db: connect(connections), actor: platformActor, now: new Date() };
	try {
		const examId = await fillExam(ctx, attempts);
		const province = await theProvince(ctx);
		const legal = as(ctx, (await aPerson(ctx, { unit: province })).id, { role: 'legal', unit: province });

		const bareQuery = sql`select question_id, count(*), sum(score) from exam_answers group by question_id`;
		const bare = await median(() => ctx.db.execute(bareQuery));
		const workOut = await median(() => workOutStatistics(ctx, examId));
		const cached = await median(() => readStatistics(ctx, examId));
		const turnout = await median(() => readExamTurnout(legal, examId, null));
		return { attempts, answers: attempts * slots, bare, workOut, cached, turnout, ratio: workOut / bare };
	} finally {
		await connections.end();
	}
}

/** The middle one of three times, in milliseconds, after one that is not counted. */
async function median(act: () => Promise<unknown>): Promise<number> {
	await act();
	const times: number[] = [];
	for (let turn = 0; turn < 3; turn++) {
		const started = performance.now();
		await act();
		times.push(performance.now() - started);
	}
	return times.toSorted((a, b) => a - b)[1]!;
}

/** An exam with its questions, and that many marked papers of fifty answers each, drawn from a bank of eighty. Set-based: the figures are the same on every run. */
async function fillExam(ctx: Context, attempts: number): Promise<string> {
	const exam = await anExam(ctx, { state: 'published', publishedAt: ctx.now });
	const paperId = await aPaper(ctx, exam, [{ count: slots, points: 2 }]);
	for (let made = 0; made < pool; made++) await aBankQuestion(ctx);
	for (let made = 0; made < units; made++) await aUnit(ctx);

	const begun = new Date(ctx.now.getTime() - 3_600_000);
	await ctx.db.transaction(async (db) => {
		// What the rows refer to is there: asking for each of five million would be the bench. Their indexes are made at the end.
		await db.execute(sql`set local session_replication_role = replica`);
		await db.execute(sql`set local maintenance_work_mem = '512MB'`);
		const indexes = await dropIndexes(db);
		await db.execute(sql`
			create temporary table bench_sat on commit drop as
			with place as (select id, row_number() over (order by path) - 1 as place, count(*) over () as total from units where parent_id is not null)
			select n, uuidv7() as id, uuidv7() as person_id, place.id as unit_id
			from generate_series(1, ${attempts}::int) n join place on place.place = n % place.total`);
		await db.execute(sql`
			create temporary table bench_pool on commit drop as
			select id, current_version_id, row_number() over (order by id) - 1 as place from questions where state = 'published' limit ${pool}`);
		await db.execute(sql`
			insert into people (id, staff_number, name, pinyin, initials, unit_id, title, rank, created_at, updated_at)
			select person_id, 'E' || lpad(n::text, 7, '0'), '示例' || n, 'shili' || n, 'sl' || n, unit_id, '科员', 'clerk-1', ${ctx.now}, ${ctx.now} from bench_sat`);
		await db.execute(sql`
			insert into exam_answers (attempt_id, slot, section_id, question_id, question_version_id, kind, size, points, response, revision, saved_at, score)
			select s.id, slot, (select id from exam_sections where paper_id = ${paperId}), q.id, q.current_version_id, 'single', 3, 2,
				case when luck.at < 40 + s.n % 45 then '{"kind": "single", "chosen": ["B"]}'::jsonb
					when luck.at >= 97 then null
					when luck.at % 2 = 0 then '{"kind": "single", "chosen": ["A"]}'::jsonb
					else '{"kind": "single", "chosen": ["C"]}'::jsonb end,
				1, ${begun}::timestamptz + make_interval(secs => slot * 30 + luck.at % 29), case when luck.at < 40 + s.n % 45 then 2 else 0 end
			from (select * from bench_sat order by n) s
			cross join generate_series(1, ${slots}::int) slot
			join bench_pool q on q.place = (slot + s.n) % ${pool}
			cross join lateral (select abs(hashint8(s.n::bigint * 100 + slot)) % 100 as at) luck`);
		await db.execute(sql`
			insert into exam_attempts (id, exam_id, person_id, paper_id, number, unit_id, state, total, started_at, deadline_at, submitted_at, submitted_by, score, marked_at)
			select s.id, ${exam.id}, s.person_id, ${paperId}, 1, s.unit_id, 'marked', ${slots * 2}, ${begun}, ${ctx.now}, ${ctx.now}, 'person', a.score, ${ctx.now}
			from bench_sat s join (select attempt_id, sum(score) as score from exam_answers group by attempt_id) a on a.attempt_id = s.id`);
		await db.execute(sql`
			insert into exam_candidates (exam_id, person_id, unit_id, rank, paper_id, opens_at, closes_at, score, outcome)
			select t.exam_id, t.person_id, t.unit_id, 'clerk-1', t.paper_id, ${exam.opensAt}, ${exam.closesAt}, t.score, case when t.score >= 60 then 'passed' else 'failed' end::exam_outcome
			from exam_attempts t where t.exam_id = ${exam.id}`);
		for (const index of indexes) await db.execute(sql.raw(index));
		await keepSheets({ db }, sql`t.exam_id = ${exam.id}`); // as marking does, paper by paper
	});
	await ctx.db.execute(sql`vacuum analyze`);
	return exam.id;
}

/** Takes the indexes of the answers away, but for their key. @returns what makes them again */
async function dropIndexes(db: Pick<Context['db'], 'execute'>): Promise<string[]> {
	const { rows } = await db.execute<{ name: string; definition: string }>(sql`
		select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
		from pg_index i where i.indrelid = 'exam_answers'::regclass and not i.indisprimary`);
	for (const { name } of rows) await db.execute(sql.raw(`drop index ${name}`));
	return rows.map(({ definition }) => definition);
}
