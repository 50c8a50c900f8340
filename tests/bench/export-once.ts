import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isNull } from 'drizzle-orm';
import { connect, openPool } from '#db/client.ts';
import { units } from '#db/schema/units.ts';
import { eachCandidate } from '#lib/server/exams/list-candidates.ts';
import { eachThousand } from '#lib/server/people/list-people.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { streamXlsx, type Column } from '#lib/server/platform/xlsx.ts';
import { exportQuestions } from '#lib/server/questions/exchange/export-questions.ts';

// Writes one export to nowhere and says what it took: arguments are which one, and of what.
const [name, subject = ''] = process.argv.slice(2);
const pool = openPool(process.env.DATABASE_URL!);
const db = connect(pool);
const [root] = await db.select({ unitPath: units.path }).from(units).where(isNull(units.parentId));
const { unitPath } = root!;
const grants = (['legal', 'hr'] as const).map((role) => ({ role, unitPath }));
const ctx: Context = { db, actor: { personId: null, unitPath, grants }, now: new Date() };
let rows = 0;

async function* counted<Row>(source: AsyncIterable<Row>): AsyncGenerator<Row> {
	for await (const row of source) {
		rows++;
		yield row;
	}
}

async function* oneByOne<Row>(batches: AsyncIterable<Row[]>): AsyncGenerator<Row> {
	for await (const batch of batches) yield* batch;
}

const sheetOf = <Row extends { name: string; staffNumber: string; unit: string | null; rank: string | null }>(
	source: AsyncIterable<Row>
) => {
	const columns: Column<Row>[] = [
		{ header: '姓名', value: (row) => row.name },
		{ header: '工号', value: (row) => row.staffNumber },
		{ header: '单位', value: (row) => row.unit },
		{ header: '职级', value: (row) => row.rank }
	];
	return streamXlsx(ctx, { title: '名单', columns, rows: counted(source) });
};

async function piecesOf(): Promise<AsyncIterable<Uint8Array>> {
	if (name === 'candidates') return sheetOf(eachCandidate(ctx, subject, { scores: true, sort: 'name' }));
	if (name === 'people') return sheetOf(oneByOne(eachThousand(ctx, { unit: subject })));
	const { count, pieces } = await exportQuestions(ctx, { filter: { tag: subject }, format: 'xlsx' });
	rows = count;
	return pieces;
}

/** Kilobytes. What the system tells of the process would include the one that started it. */
function highWater(): number {
	const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
	return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? process.resourceUsage().maxRSS);
}

/** Linux forgets the mark on request: loading the program took more than some exports. */
if (existsSync('/proc/self/clear_refs')) writeFileSync('/proc/self/clear_refs', '5');
const started = performance.now();
let bytes = 0;
for await (const piece of await piecesOf()) bytes += piece.length;
const seconds = (performance.now() - started) / 1_000;
const peak = highWater() / 1_024;
process.stdout.write(`${JSON.stringify({ rows, peak, file: bytes / 1_048_576, seconds })}\n`);
await pool.end();
