import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import { connect, openPool } from '#db/client.ts';
import { platformActor, type Context } from '#lib/server/platform/context.ts';
import { aBankQuestion } from '../factories/bank.ts';
import { anExam, aPaper } from '../factories/exams.ts';
import { aUnit } from '../factories/units.ts';

/** What one export took in a process of its own. */
export interface ExportFigure {
	name: string;
	rows: number;
	/** Megabytes at the most, the program itself included; and of the file. */
	peak: number;
	file: number;
	seconds: number;
}

export interface ExportFigures {
	exports: ExportFigure[];
	/** The most that ten times the rows took, as a multiple. */
	growth: number;
}

const [few, many] = [10_000, 100_000];
const names = ['candidates', 'people', 'questions'] as const;

/**
 * Writes the same exports for ten thousand and for a hundred thousand rows, each in a process of its own, and looks how much
 * memory each took at the most.
 * @param url a migrated database of its own: what is exported stays in it
 */
export async function benchExports(url: string): Promise<ExportFigures> {
	const { small, large } = await fill(url);
	const figures: ExportFigure[] = [];
	for (const name of names)
		for (const subject of [small, large]) figures.push(await exportApart(url, name, subject[name]));
	const growth = Math.max(...names.map((_, place) => figures[place * 2 + 1]!.peak / figures[place * 2]!.peak));
	return { exports: figures, growth };
}

async function exportApart(url: string, name: string, subject: string): Promise<ExportFigure> {
	const script = path.join(import.meta.dirname, 'export-once.ts');
	const { stdout } = await promisify(execFile)(process.execPath, [script, name, subject], {
		env: { ...process.env, DATABASE_URL: url, MINGFA_DEMO: 'off' }
	});
	return { name, ...(JSON.parse(stdout.trim().split('\n').at(-1)!) as Omit<ExportFigure, 'name'>) };
}

type Subjects = Record<(typeof names)[number], string>;

/** A unit of ten thousand people and one of a hundred thousand, an exam for each, and as many questions with a tag. */
async function fill(url: string): Promise<{ small: Subjects; large: Subjects }> {
	const pool = openPool(url);
	const ctx: Context = { db: connect(pool), actor: platformActor, now: new Date() };
	try {
		const { versionId } = await aBankQuestion(ctx);
		const small = await fillOne(ctx, few, versionId);
		const large = await fillOne(ctx, many, versionId);
		await ctx.db.execute(sql`vacuum analyze`);
		return { small, large };
	} finally {
		await pool.end();
	}
}

async function fillOne(ctx: Context, rows: number, versionId: string): Promise<Subjects> {
	const unit = await aUnit(ctx);
	const exam = await anExam(ctx, { state: 'published', publishedAt: ctx.now });
	const paperId = await aPaper(ctx, exam);
	const tag = `bench-${rows}`;
	await ctx.db.transaction(async (db) => {
		await db.execute(sql`set local session_replication_role = replica`);
		await db.execute(sql`
			insert into people (id, staff_number, name, pinyin, initials, unit_id, title, rank, created_at, updated_at)
			select gen_random_uuid(), ${tag} || lpad(n::text, 7, '0'), '示例' || n, 'shili' || n, 'sl' || n, ${unit.id}::uuid, '科员', 'clerk-1', ${ctx.now}, ${ctx.now}
			from generate_series(1, ${rows}::int) n`);
		await db.execute(sql`
			insert into exam_candidates (exam_id, person_id, unit_id, rank, paper_id, opens_at, closes_at)
			select ${exam.id}::uuid, id, unit_id, 'clerk-1', ${paperId}::uuid, ${exam.opensAt}, ${exam.closesAt} from people where unit_id = ${unit.id}`);
		await db.execute(sql`
			create temporary table made on commit drop as
			select gen_random_uuid() as id, gen_random_uuid() as version_id, n from generate_series(1, ${rows}::int) n`);
		await db.execute(sql`
			insert into questions (id, kind, unit_id, use, created_at, code, state, current_version_id, tags)
			select made.id, q.kind, q.unit_id, q.use, q.created_at, ${tag} || '-' || lpad(n::text, 7, '0'), 'published', made.version_id, array[${tag}]
			from made, questions q where q.current_version_id = ${versionId}`);
		await db.execute(sql`
			insert into question_versions (id, question_id, number, difficulty, content, hash, created_at)
			select made.version_id, made.id, 1, v.difficulty, v.content, ${tag} || n, v.created_at
			from made, question_versions v where v.id = ${versionId}`);
	});
	return { candidates: exam.id, people: unit.id, questions: tag };
}

/** What the figures have to reach. */
export function exportGoals(
	{ growth }: ExportFigures,
	goal: (name: string, value: number | undefined, limit: number, unit: string) => void
): void {
	goal('exports: peak memory of ten times the rows', growth, 1.25, '×');
}

/** The figures as text for the terminal. */
export const exportLines = ({ exports: figures }: ExportFigures): string[] =>
	figures.map(
		({ name, rows, peak, file, seconds }) =>
			`export of ${rows} ${name}: at most ${peak.toFixed(0)} MB in memory, a file of ${file.toFixed(1)} MB, ${seconds.toFixed(1)} s`
	);
