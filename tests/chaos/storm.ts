import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { asc, eq, sql } from 'drizzle-orm';
import { connect, openPool } from '#db/client.ts';
import { createDatabase, startEmbedded } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { submitDue } from '#lib/server/exams/sitting/submit-due.ts';
import { platformActor, type Context } from '#lib/server/platform/context.ts';
import { lucia, sessionCookies } from '#lib/server/sessions/lucia.ts';
import { anAccount } from '../factories/accounts.ts';
import { aBankQuestion } from '../factories/bank.ts';
import { aPublishedExam } from '../factories/exams.ts';
import { aFillIn, aMatching, aMultiple, anOrdering, aSingle, aTrueFalse } from '../factories/questions.ts';
import { examine } from './examine.ts';
import { KillableServer } from './killable-server.ts';
import { randomFrom } from './random-answer.ts';
import { VirtualCandidate } from './virtual-candidate.ts';

export interface Storm {
	candidates: number;
	questions: number;
	/** How often the server, and how often the database, is killed in the middle. */
	kills: number;
	build: 'app' | 'test';
	seed: number;
}

export interface Aftermath {
	/** Promises that were broken. */
	wrong: string[];
	candidates: number;
	requests: number;
	answers: number;
	serverKills: number;
	databaseKills: number;
	seconds: number;
}

const kinds = [aSingle, aMultiple, aTrueFalse, aFillIn, aMatching, anOrdering];

/** Candidates sit an exam over real HTTP while server and database are killed under them; then everything is examined. */
export async function storm({ candidates, questions, kills, build, seed }: Storm): Promise<Aftermath> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'mingfa-chaos-'));
	chmodSync(folder, 0o755); // the database's own user has to enter it when root runs this
	const database = await startEmbedded({ folder: path.join(folder, 'postgres'), rootFolder: folder });
	const url = await createDatabase(database, 'chaos');
	await migrate(url);
	let pool = openPool(url, { onLost: () => {} });
	const server = new KillableServer({
		DATABASE_URL: url,
		MINGFA_DATA: folder,
		MINGFA_DEMO: 'off',
		MINGFA_BUILD: build
	});
	try {
		const ctx: Context = { db: connect(pool), actor: platformActor, now: new Date() };
		const { exam, seats } = await takeSeats(ctx, { candidates, questions, seed });
		await server.start();
		for (const { seat } of seats) seat.address = server.address;
		const dataDirectory = (await pool.query('show data_directory')).rows[0].data_directory as string;
		await pool.end();

		let answered = 0;
		const killings: Promise<void>[] = [];
		const whole = candidates * questions;
		const plan = Array.from({ length: kills * 2 }, (_, index) => Math.floor((whole * (index + 1)) / (kills * 2 + 1)));
		const began = performance.now();
		const sitting = seats.map(({ seat, candidate }, index) => {
			seat.onanswered = () => {
				const due = plan.indexOf(++answered);
				if (due >= 0) killings.push(due % 2 === 0 ? restart(server) : killDatabase(dataDirectory));
			};
			return candidate.sit({ handsIn: index % 5 !== 0 });
		});
		await Promise.all(sitting);
		await Promise.all(killings);
		const seconds = (performance.now() - began) / 1000;

		pool = openPool(url, { onLost: () => {} });
		const after: Context = { db: connect(pool), actor: platformActor, now: new Date(Date.now() + 3 * 3_600_000) };
		await Promise.all([submitDue(after), submitDue(after)]); // whoever did not hand in, by two processes at once
		const wrong = await examine(
			after,
			exam.id,
			seats.map(({ seat, candidate }) => ({ ...seat, candidate }))
		);
		const requests = seats.reduce((sum, { candidate }) => sum + candidate.requests, 0);
		return { wrong, candidates, requests, answers: whole, serverKills: kills, databaseKills: kills, seconds };
	} finally {
		await server.kill();
		if (!pool.ended) await pool.end();
		await database.release();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function restart(server: KillableServer): Promise<void> {
	await server.kill();
	await server.start();
}

/** The database comes back by itself: whoever holds it starts it again. */
async function killDatabase(dataDirectory: string): Promise<void> {
	const [pid] = readFileSync(path.join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n');
	process.kill(Number(pid), 'SIGKILL');
}

async function takeSeats(
	ctx: Context,
	{ candidates, questions, seed }: Pick<Storm, 'candidates' | 'questions' | 'seed'>
) {
	const perKind = Math.ceil(questions / kinds.length);
	const counts = kinds.map((_, index) => Math.min(perKind, questions - index * perKind)).filter((count) => count > 0);
	const sections = [];
	for (const [index, count] of counts.entries()) {
		const make = kinds[index]!;
		for (let made = 0; made < count + 2; made++)
			await aBankQuestion(ctx, make(make === aFillIn ? {} : { stem: `第${index}类第${made}题，哪些正确？` }));
		sections.push({ position: index + 1, title: make({}).kind, kind: make({}).kind, count, points: 2 });
	}
	const { exam, candidates: people } = await aPublishedExam(ctx, {
		candidates,
		bank: 0,
		sections,
		multipleScoring: 'half-if-incomplete'
	});

	const seats = [];
	for (const [index, person] of people.entries()) {
		await anAccount(ctx, { person });
		const [attempt] = await ctx.db.select().from(examAttempts).where(eq(examAttempts.personId, person.id));
		const attributes = { remembered: false, createdAt: ctx.now, userAgent: 'storm', address: '127.0.0.1' };
		const session = await lucia(ctx, 'brief').createSession(person.id, attributes);
		const slots = await ctx.db
			.select({
				slot: examAnswers.slot,
				kind: sql<string>`${examAnswers.kind}`,
				size: examAnswers.size,
				optionOrder: examAnswers.optionOrder
			})
			.from(examAnswers)
			.where(eq(examAnswers.attemptId, attempt!.id))
			.orderBy(asc(examAnswers.slot));
		const seat = {
			address: '',
			exam: exam.id,
			attempt: attempt!.id,
			session: `${sessionCookies.brief}=${session.id}`,
			slots,
			random: randomFrom(seed + index),
			onanswered: () => {}
		};
		seats.push({ seat, candidate: new VirtualCandidate(seat) });
	}
	return { exam, seats };
}
