import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { connectionOf } from '#db/client.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { countPrepared } from '#lib/server/exams/prepare-papers.ts';
import { submitDue } from '#lib/server/exams/sitting/submit-due.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { lucia, sessionCookies } from '#lib/server/sessions/lucia.ts';
import { aBankQuestion } from '../factories/bank.ts';
import { aPublishedExam } from '../factories/exams.ts';
import { type Act, type clientOf, drive, type Load, median } from './drive.ts';

type Client = ReturnType<typeof clientOf>;

/** Somebody with a paper, signed in. */
interface Candidate {
	personId: string;
	attemptId: string;
	cookie: string;
	/** The page that writes, once the paper is open. */
	writer: string;
}

export interface SittingFigures {
	/** Answers saved, beside bare inserts over the same number of connections. */
	saving: { connections: number; save: Load; insert: Load }[];
	/** Everybody starts within ten seconds; milliseconds. */
	starts: { count: number; withinSeconds: number; p50: number; p95: number };
	/** Open papers of fifty questions served, over 32 connections. */
	papers: Load;
	/** Papers due at one second, handed in and marked. Milliseconds. */
	due: { count: number; answers: number; ms: number };
}

interface Place {
	ctx: Context;
	client: Client;
	exam: string;
	candidates: Candidate[];
}

const questions = 50;
const everybody = 3_000;
const startSeconds = 10;
const connections = [8, 32, 200];
const rounds = 3;

/** Sittings at the size of a province's exam day. */
export async function benchSittings(
	ctx: Context,
	client: Client,
	bareDatabase: string,
	{ cpuTime, tell }: { cpuTime: (() => number) | undefined; tell: (line: string) => void }
): Promise<SittingFigures> {
	tell(`Making the papers of ${everybody} candidates …`);
	const place = await seatEverybody(ctx, client);
	tell('Starting everybody …');
	const starts = await startEverybody(place);
	tell('Saving answers …');
	const saving = await saveAnswers(place, bareDatabase, cpuTime);
	tell('Handing in what is due …');
	const papers = await openPapers(place, cpuTime);
	return { saving, starts, papers, due: await handInDue(place) };
}

async function seatEverybody(ctx: Context, client: Client): Promise<Place> {
	for (let made = 0; made < questions + 30; made++) await aBankQuestion(ctx);
	const { exam, candidates: people } = await aPublishedExam(ctx, {
		candidates: everybody,
		bank: 0,
		sections: [{ count: questions, points: 2 }]
	});
	// The served application has taken a share of the making upon itself.
	for (;;) {
		const { due, prepared } = await countPrepared(ctx, exam.id);
		if (prepared === due) break;
		await wait(200);
	}
	const attempts = await ctx.db
		.select({ id: examAttempts.id, personId: examAttempts.personId })
		.from(examAttempts)
		.where(eq(examAttempts.examId, exam.id));
	const papers = new Map(attempts.map(({ id, personId }) => [personId, id]));
	const candidates: Candidate[] = [];
	for (const { id } of people) {
		await ctx.db.execute(
			sql`insert into accounts (person_id, created_at) values (${id}, ${ctx.now}) on conflict do nothing`
		);
		const attributes = { remembered: false, createdAt: ctx.now, userAgent: 'bench', address: '127.0.0.1' };
		const session = await lucia(ctx, 'brief').createSession(id, attributes);
		const cookie = `${sessionCookies.brief}=${session.id}`;
		candidates.push({ personId: id, attemptId: papers.get(id)!, cookie, writer: '' });
	}
	return { ctx, client, exam: exam.id, candidates };
}

/** Each at their own moment, whether or not those before have been answered. */
async function startEverybody({ client, exam, candidates }: Place): Promise<SittingFigures['starts']> {
	const times: number[] = [];
	const began = performance.now();
	await Promise.all(
		candidates.map(async (candidate, index) => {
			const moment = (index / candidates.length) * startSeconds * 1_000;
			await new Promise((resolve) => setTimeout(resolve, moment));
			const sent = performance.now();
			const { headers } = await client({
				path: `/exams/${exam}?/start`,
				method: 'POST',
				headers: { cookie: candidate.cookie, 'content-type': 'application/x-www-form-urlencoded' },
				body: '',
				status: 303
			});
			times.push(performance.now() - sent);
			candidate.writer = headers['set-cookie']?.join().match(/sitting=([^;]+)/)?.[1] ?? '';
		})
	);
	const withinSeconds = (performance.now() - began) / 1_000;
	return { count: times.length, withinSeconds, p50: at(times, 0.5), p95: at(times, 0.95) };
}

function at(times: number[], part: number): number {
	const sorted = times.toSorted((one, other) => one - other);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

async function openPapers({ client, exam, candidates }: Place, cpuTime?: () => number): Promise<Load> {
	const open: Act = (connection) => {
		const { cookie, writer } = candidates[connection]!;
		return client({ path: `/exams/${exam}/sit`, headers: { cookie: `${cookie}; sitting=${writer}` } });
	};
	await drive(open, 32, 2);
	return drive(open, 32, 4, cpuTime);
}

async function saveAnswers({ client, exam, candidates }: Place, bareDatabase: string, cpuTime?: () => number) {
	const turns = candidates.map(() => 0);
	const save: Act = (connection) => {
		const { attemptId, cookie, writer } = candidates[connection]!;
		const turn = turns[connection]!++;
		const revision = Math.floor(turn / questions) + 1;
		const response = { kind: 'single', chosen: ['ABC'[turn % 3]] };
		return client({
			method: 'PUT',
			path: `/exams/${exam}/answers/${(turn % questions) + 1}`,
			headers: { cookie, 'content-type': 'application/json', accept: 'application/json' },
			body: JSON.stringify({ attempt: attemptId, revision, writer, response })
		});
	};
	const pool = new pg.Pool({ ...connectionOf(bareDatabase), max: 32 });
	await pool.query(
		'create table if not exists saved (id uuid primary key, slot smallint not null, response jsonb not null, at timestamptz not null)'
	);
	const insert: Act = () =>
		pool.query({
			name: 'insert saved',
			text: 'insert into saved values ($1, $2, $3, $4)',
			values: [newId(), 1, '{"kind":"single","chosen":["A"]}', new Date()]
		});

	await drive(save, 8, 4);
	await drive(insert, 8, 2);
	const loads = new Map(connections.map((count) => [count, { save: [] as Load[], insert: [] as Load[] }]));
	for (let round = 0; round < rounds; round++)
		for (const [count, { save: saves, insert: inserts }] of loads) {
			saves.push(await drive(save, count, 2, cpuTime));
			inserts.push(await drive(insert, count, 2));
		}
	await pool.end();
	return [...loads].map(([count, all]) => ({
		connections: count,
		save: median(all.save),
		insert: median(all.insert)
	}));
}

/** A thousand papers, every question answered, whose time and grace end at the same second. */
async function handInDue({ ctx, candidates }: Place): Promise<SittingFigures['due']> {
	const due = candidates.slice(-1_000).map(({ attemptId }) => attemptId);
	await ctx.db
		.update(examAnswers)
		.set({ response: { kind: 'single', chosen: ['B'] }, revision: 1, savedAt: ctx.now })
		.where(inArray(examAnswers.attemptId, due));
	const soon = new Date(Date.now() + 30 * 60_000);
	await ctx.db.update(examAttempts).set({ deadlineAt: soon }).where(inArray(examAttempts.id, due));
	const began = performance.now();
	await submitDue({ ...ctx, now: new Date(soon.getTime() + 121_000) });
	const ms = performance.now() - began;
	const marked = await ctx.db.$count(
		examAttempts,
		and(inArray(examAttempts.id, due), eq(examAttempts.state, 'marked'))
	);
	if (marked !== due.length) throw new Error(`${marked} of ${due.length} papers were marked.`);
	return { count: due.length, answers: due.length * questions, ms };
}

/** What the figures have to reach. */
export function sittingGoals(
	{ saving, starts, due }: SittingFigures,
	goal: (name: string, value: number | undefined, limit: number, unit: string, atLeast?: boolean) => void
): void {
	const at32 = saving.find((load) => load.connections === 32);
	const share = at32 && (at32.save.perSecond / at32.insert.perSecond) * 100;
	goal('exam answer: rate, of bare inserts, 32 connections', share, 20, '%', true);
	goal('exam answer: p95, 32 connections', at32?.save.p95, 40, ' ms');
	goal(`exam start: p95, ${starts.count} within ${startSeconds} s`, starts.p95, 300, ' ms');
	goal(`${due.count} papers due at one second: handed in and marked`, due.ms / 1_000, 5, ' s');
}

/** The figures as text for the terminal. */
export function sittingLines({ saving, starts, papers, due }: SittingFigures): string[] {
	const rate = (load: Load) => `${load.perSecond.toFixed(0)}/s, p95 ${load.p95.toFixed(1)} ms`;
	return [
		...saving.map(
			({ connections, save, insert }) =>
				`exam answers, ${connections} connections: ${rate(save)}; bare inserts ${rate(insert)} (${((save.perSecond / insert.perSecond) * 100).toFixed(0)}%)`
		),
		`${starts.count} starts in ${starts.withinSeconds.toFixed(1)} s: p50 ${starts.p50.toFixed(0)} ms, p95 ${starts.p95.toFixed(0)} ms`,
		`open papers of ${questions} questions served, 32 connections: ${rate(papers)}`,
		`${due.count} papers with ${due.answers} answers handed in and marked: ${(due.ms / 1_000).toFixed(2)} s`
	];
}
