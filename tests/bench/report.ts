import { type ProgrammeFigure, programmeGoals, programmeLines } from './programmes.ts';
import { type ReminderFigure, reminderLines } from './reminders.ts';
import type { Load } from './drive.ts';
import type { AudienceFigures } from './audiences.ts';
import type { ExamStatisticsFigures } from './exam-statistics.ts';
import type { RosterImportFigures } from './roster-import.ts';
import { type ExportFigures, exportGoals, exportLines } from './exports.ts';
import { type SittingFigures, sittingGoals, sittingLines } from './sittings.ts';
import type { Aftermath } from '../chaos/storm.ts';

/** The medians of one measure at one number of connections. */
export interface Figure extends Load {
	name: string;
	connections: number;
}

export interface Report {
	node: string;
	processors: number;
	figures: Figure[];
	rosterImport?: RosterImportFigures;
	exports?: ExportFigures;
	sittings?: SittingFigures;
	programmes?: ProgrammeFigure[];
	reminders?: ReminderFigure[];
	chaos?: Aftermath;
	examStatistics?: ExamStatisticsFigures;
	audiences?: AudienceFigures;
}

export interface Goal {
	name: string;
	wanted: string;
	value: number;
	unit: string;
	met: boolean;
}

/** What issue and README promise, as ratios to what the same machine does in the same run. */
export function goalsOf(report: Report): Goal[] {
	const { figures, rosterImport, exports: exported, sittings, programmes, chaos, examStatistics, audiences } = report;
	const find = (name: string, connections: number) =>
		figures.find((figure) => figure.name === name && figure.connections === connections);
	const goals: Goal[] = [];
	const goal = (name: string, value: number | undefined, limit: number, unit: string, atLeast = false) => {
		if (value === undefined || Number.isNaN(value)) return;
		const met = atLeast ? value >= limit : value <= limit;
		goals.push({ name, wanted: `${atLeast ? 'at least' : 'at most'} ${limit}${unit}`, value, unit, met });
	};

	const [lesson, bare] = [find('lesson page', 8)?.cpu, find('bare http', 8)?.cpu];
	goal('lesson page: processor time, in bare http answers', lesson && bare && lesson / bare, 25, '×');
	const [answer, insert] = [find('mastery answer', 32), find('bare insert', 32)];
	goal(
		'mastery answer: rate, of bare inserts, 32 connections',
		answer && insert && (answer.perSecond / insert.perSecond) * 100,
		15,
		'%',
		true
	);
	const large = figures.find(({ name, connections }) => /^overview, (?!2,000)/.test(name) && connections === 8);
	goal(`${large?.name}: p95, 8 connections`, large?.p95, 60, ' ms');
	goal('roster import: time, in parsing + COPY', rosterImport?.ratio, 6, '×');
	if (exported) exportGoals(exported, goal);
	if (sittings) sittingGoals(sittings, goal);
	if (programmes) programmeGoals(programmes, goal);
	goal('chaos: promises broken', chaos?.wrong.length, 0, '');
	goal('exam statistics: time, in bare GROUP BYs', examStatistics?.ratio, 3, '×');
	goal('exam statistics: read when worked out', examStatistics?.cached, 100, ' ms');
	for (const { name, ms, exact } of audiences?.rules ?? []) {
		goal(`audience, ${audiences?.people.toLocaleString('en')} people, ${name}: preview`, ms, 1_000, ' ms');
		goal(`audience, ${name}: counts that are not exact`, Number(!exact), 0, '');
	}
	return goals;
}

/** The report as text for the terminal. */
export function linesOf(report: Report): string[] {
	const bare = (connections: number) =>
		report.figures.find((figure) => figure.name === 'bare http' && figure.connections === connections)?.cpu;
	const row = (cells: string[]) =>
		cells.map((cell, place) => (place === 0 ? cell.padEnd(26) : cell.padStart(11))).join('');
	const figures = report.figures.map(({ name, connections, perSecond, p50, p95, cpu }) => {
		const least = bare(connections);
		return row([
			name,
			String(connections),
			perSecond.toFixed(0),
			p50.toFixed(1),
			p95.toFixed(1),
			cpu === undefined ? '' : (cpu * 1_000).toFixed(0),
			cpu === undefined || !least ? '' : `${(cpu / least).toFixed(1)}×`
		]);
	});
	const goals = goalsOf(report).map(
		({ name, wanted, value, unit, met }) =>
			`  ${met ? 'met    ' : 'NOT MET'}  ${name}: ${value.toFixed(1)}${unit} (${wanted})`
	);
	const { rosterImport, exports: exported, sittings, programmes, reminders, chaos, examStatistics } = report;
	return [
		`Node ${report.node}, ${report.processors} processors`,
		'',
		row(['', 'connections', 'per second', 'p50 ms', 'p95 ms', 'CPU µs', '× bare http']),
		...figures,
		...(rosterImport ? ['', importLine(rosterImport)] : []),
		...(exported ? ['', ...exportLines(exported)] : []),
		...(sittings ? ['', ...sittingLines(sittings)] : []),
		...(programmes ? ['', ...programmeLines(programmes)] : []),
		...(reminders ? ['', ...reminderLines(reminders)] : []),
		...(chaos ? ['', chaosLine(chaos), ...chaos.wrong.slice(0, 20)] : []),
		...(examStatistics ? ['', statisticsLine(examStatistics)] : []),
		'',
		'Goals',
		...goals
	];
}

const importLine = ({ rows, bytes, parse, copy, start, read, commit }: RosterImportFigures) =>
	`roster import of ${rows} rows (${Math.round(bytes / 1024)} kB): ${[start, read, commit].map((ms) => Math.round(ms)).join(' + ')} ms (upload + judge + write); parsing ${Math.round(parse)} ms, COPY ${Math.round(copy)} ms`;

const chaosLine = ({ requests, answers, candidates, serverKills, databaseKills, seconds, wrong }: Aftermath) =>
	`chaos: ${candidates} candidates, ${answers} questions, ${requests} requests in ${seconds.toFixed(0)} s; server killed ${serverKills} times, database ${databaseKills} times; ${wrong.length} promises broken`;

const statisticsLine = ({ attempts, answers, bare, workOut, cached, turnout }: ExamStatisticsFigures) =>
	`statistics of an exam with ${attempts} papers (${answers} answers): ${Math.round(workOut)} ms; bare GROUP BY ${Math.round(bare)} ms; read when worked out ${Math.round(cached)} ms, turnout by unit and rank ${Math.round(turnout)} ms`;
