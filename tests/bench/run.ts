import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { connect, connectionOf, openPool } from '#db/client.ts';
import { createDatabase, startEmbedded } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { platformActor, type Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { type Act, clientOf, drive, type Load, median } from './drive.ts';
import { fillProvince } from './large-province.ts';
import { serve, type Served } from './processes.ts';
import { openReaders, signIn, signInForm } from './readers.ts';
import { benchProgrammes } from './programmes.ts';
import { benchReminders } from './reminders.ts';
import { goalsOf, linesOf, type Report } from './report.ts';
import { benchRosterImport } from './roster-import.ts';
import { benchSittings } from './sittings.ts';
import { benchExports } from './exports.ts';
import { storm } from '../chaos/storm.ts';
import { benchAssessment } from './assessment.ts';
import { benchAudiences } from './audiences.ts';
import { benchExamStatistics } from './exam-statistics.ts';
import { thePassword } from '../factories/accounts.ts';

const { values } = parseArgs({
	options: { json: { type: 'string' }, only: { type: 'string' }, people: { type: 'string', default: '100000' } }
});
const people = Number(values.people);
const wanted = (name: string) => !values.only || name.startsWith('bare') || name.includes(values.only);

const connections = [1, 8, 32];
const rounds = 3;
const seconds = 1.5;
const secondsToWarmUp = 4; // until the compiler has seen enough of everything

/** Something that is measured, with the process whose processor time counts. */
interface Measure {
	name: string;
	act: Act;
	cpuTime?: () => number;
}

const tell = (line: string) => process.stderr.write(`${Math.round(performance.now() / 1_000)} s  ${line}\n`);
const closings: (() => Promise<unknown> | unknown)[] = [];
/** What is opened last is closed first, also when the bench fails. */
const keep = <Thing>(thing: Thing, close: (thing: Thing) => Promise<unknown> | unknown): Thing => {
	closings.push(() => close(thing));
	return thing;
};

try {
	const report = await bench();
	process.stdout.write(`${linesOf(report).join('\n')}\n`);
	if (values.json) writeFileSync(values.json, `${JSON.stringify({ ...report, goals: goalsOf(report) }, null, '\t')}\n`);
} finally {
	for (const close of closings.reverse()) await close();
}

async function bench(): Promise<Report> {
	const data = keep(mkdtempSync(path.join(os.tmpdir(), 'mingfa-bench-')), (folder) =>
		rmSync(folder, { recursive: true, force: true })
	);
	chmodSync(data, 0o755); // the database's own user has to enter it when root runs the bench
	const settings = {
		MINGFA_DATA: data,
		MINGFA_ROOT_DATA: path.join(data, 'root'),
		DATABASE_URL: '',
		HOST: '127.0.0.1',
		PORT: '0',
		LOG_LEVEL: 'warn'
	};

	let serving: Promise<Served> | undefined;
	/** The application as built, with the demo province; not for what measures without it. */
	const application = () =>
		(serving ??= (async () => {
			tell('Building, and making the demo province …');
			return keep(await serve('src/cli/mingfa.ts', ['serve', '--build'], settings), ({ stop }) => stop());
		})());
	const pages = ['lesson page', 'today', 'mastery answer', 'sign-in', 'overview, 2,000'].some(wanted);
	if (pages || wanted('overview') || wanted('sittings')) await application();
	const server = keep(
		await startEmbedded({ folder: path.join(data, 'postgres'), rootFolder: settings.MINGFA_ROOT_DATA }),
		(held) => held.release()
	);
	const pool = keep(openPool(server.urlFor('mingfa')), (open) => open.end());
	const ctx: Context = { db: connect(pool), actor: platformActor, now: new Date() };

	const report: Report = { node: process.version, processors: os.availableParallelism(), figures: [] };
	if (pages) {
		const bare = await createDatabase(server, 'bench');
		report.figures.push(...(await measureAll(await firstMeasures(ctx, await application(), bare, data))));
	}
	if (wanted('overview')) {
		tell(`Adding ${people} people …`);
		await fillProvince(ctx, { people });
		const name = `overview, ${people.toLocaleString('en')}`;
		report.figures.push(...(await measureAll([{ ...(await overviewOf(await application(), data)), name }])));
	}
	if (wanted('exam statistics')) {
		tell('Filling an exam with 100,000 papers …');
		const url = await createDatabase(server, 'bench_exam');
		await migrate(url);
		report.examStatistics = await benchExamStatistics(url);
	}
	if (wanted('roster import')) {
		tell('Importing a roster …');
		const url = await createDatabase(server, 'bench_import');
		await migrate(url);
		report.rosterImport = await benchRosterImport(url);
	}
	if (wanted('audiences')) {
		tell('Previewing audiences of 1,000,000 people …');
		const url = await createDatabase(server, 'bench_audiences');
		await migrate(url);
		report.audiences = await benchAudiences(url);
	}
	if (wanted('exports')) {
		tell('Exporting 10,000 rows, and ten times as many …');
		const url = await createDatabase(server, 'bench_exports');
		await migrate(url);
		report.exports = await benchExports(url);
	}
	if (wanted('sittings')) {
		const bare = await createDatabase(server, 'bench_sittings');
		const { address, cpuTime } = await application();
		report.sittings = await benchSittings(ctx, clientOf(address), bare, { cpuTime, tell });
	}
	if (wanted('reminders')) {
		const url = await createDatabase(server, 'bench_reminders');
		await migrate(url);
		report.reminders = await benchReminders(url, tell);
	}
	if (wanted('programmes')) {
		const url = await createDatabase(server, 'bench_programmes');
		await migrate(url);
		report.programmes = await benchProgrammes(url, undefined, tell);
	}
	if (wanted('assessment')) {
		const url = await createDatabase(server, 'bench_assessment');
		await migrate(url);
		report.assessment = await benchAssessment(url, tell);
	}
	if (wanted('chaos')) {
		tell('Killing servers and databases under 200 candidates …');
		report.chaos = await storm({ candidates: 200, questions: 50, kills: 3, build: 'app', seed: 20_261_123 });
	}
	return report;
}

async function firstMeasures(ctx: Context, ours: Served, bareDatabase: string, data: string): Promise<Measure[]> {
	const client = clientOf(ours.address);
	const readers = await openReaders(ctx, client, Math.max(...connections));
	const reader = (connection: number) => readers[connection % readers.length]!;
	const get = (path: string, cookie: string) => client({ path, headers: { cookie } });
	const page = await get(reader(0).lesson, reader(0).cookie);

	const bare = keep(await serve('tests/bench/bare-http.ts', [String(page.body.length)]), ({ stop }) => stop());
	const bareClient = clientOf(bare.address);
	const turns = readers.map(() => 0);
	const { cpuTime } = ours;
	const measures: Measure[] = [
		{ name: 'bare http', act: () => bareClient({ path: '/' }), cpuTime: bare.cpuTime },
		{ name: 'bare insert', act: await bareInsert(bareDatabase) },
		{ name: 'lesson page', act: (connection) => get(reader(connection).lesson, reader(connection).cookie), cpuTime },
		{ name: 'today', act: (connection) => get('/today', reader(connection).cookie), cpuTime },
		{
			name: 'mastery answer',
			act: (connection) => {
				const { answers } = reader(connection);
				return client(answers[turns[connection]!++ % answers.length]!);
			},
			cpuTime
		},
		{ name: 'sign-in', act: (connection) => client(signInForm(reader(connection).account, thePassword)), cpuTime },
		await overviewOf(ours, data)
	];
	return measures.filter(({ name }) => wanted(name));
}

/** The overview of the whole province, as its leader opens it. */
async function overviewOf({ address, cpuTime }: Served, data: string): Promise<Measure> {
	const client = clientOf(address);
	const signIns: { role: string; account: string; password: string }[] = JSON.parse(
		readFileSync(path.join(data, 'demo-sign-ins.json'), 'utf8')
	);
	const { account, password } = signIns.find(({ role }) => role === 'leader')!;
	const cookie = await signIn(client, account, password);
	return { name: 'overview, 2,000', act: () => client({ path: '/overview', headers: { cookie } }), cpuTime };
}

/** One row, one statement, one commit: the least that keeping an answer can take. */
async function bareInsert(url: string): Promise<Act> {
	const clients: pg.Client[] = [];
	for (let made = 0; made < Math.max(...connections); made++) {
		clients.push(keep(new pg.Client(connectionOf(url)), (client) => client.end()));
		await clients[made]!.connect();
	}
	await clients[0]!.query(
		'create table if not exists answers (id uuid primary key, position smallint not null, response jsonb not null, at timestamptz not null)'
	);
	return (connection) =>
		clients[connection]!.query({
			name: 'insert',
			text: 'insert into answers values ($1, $2, $3, $4)',
			values: [newId(), 1, '{"kind":"single","chosen":["A"]}', new Date()]
		});
}

/** Warms everything up, then goes through all of it in rounds, so that a slow minute falls on all alike. */
async function measureAll(measures: Measure[]): Promise<Report['figures']> {
	if (measures.length === 0) return [];
	const loads = new Map<string, Load[]>();
	for (const { name, act } of measures) {
		tell(`Warming up: ${name}`);
		await drive(act, 8, secondsToWarmUp);
	}
	for (let round = 1; round <= rounds; round++) {
		tell(`Round ${round} of ${rounds}`);
		for (const { name, act, cpuTime } of measures) {
			for (const count of connections) {
				const key = `${name}\n${count}`;
				loads.set(key, [...(loads.get(key) ?? []), await drive(act, count, seconds, cpuTime)]);
			}
		}
	}
	return [...loads].map(([key, all]) => {
		const [name = '', count] = key.split('\n');
		return { name, connections: Number(count), ...median(all) };
	});
}
