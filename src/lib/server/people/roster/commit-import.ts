import { isDeepStrictEqual } from 'node:util';
import { and, eq, sql } from 'drizzle-orm';
import { people, rosterImportRows, rosterImports } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type { Problem } from '#lib/schemas/roster.ts';
import { record } from '../../audit/record.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { isConnectionLoss } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { importingActor } from './importing-actor.ts';
import type { Judgement } from './judge-row.ts';
import { judgeOf } from './judge-rows.ts';
import { claimImport, eachRow, type RosterImportRow } from './queries.ts';
import type { ReadRow, RosterValues } from './read-row.ts';
import { writeRows } from './write-rows.ts';

/**
 * Writes the chosen rows of an import to the roster, all in one transaction. Every row is judged once more: where the roster has
 * moved on since the preview, the row is refused instead of written, and says so. Runs as a job and may run again: what has been
 * committed is not committed twice.
 */
export async function commitImport(ctx: Context, importId: string): Promise<void> {
	try {
		await atomically(ctx, async (ctx) => {
			if (!(await claimImport(ctx, importId))) return;
			const [found] = await ctx.db
				.select({
					status: rosterImports.status,
					createdBy: rosterImports.createdBy,
					unitId: units.id,
					unitPath: units.path
				})
				.from(rosterImports)
				.innerJoin(units, eq(units.id, rosterImports.unitId))
				.where(eq(rosterImports.id, importId));
			if (found?.status !== 'committing') return;

			const acting = { ...ctx, actor: await importingActor(ctx, found.createdBy) };
			const chosen = await loadChosen(acting, importId);
			await lockNamed(acting, chosen);
			const judged = await (await judgeOf(acting, found.unitPath)).judge(chosen);
			const standing = judged.filter(({ stored, judgement }) => saysTheSame(stored, judgement));
			const moved = judged.filter(({ stored, judgement }) => !saysTheSame(stored, judgement));

			const counts = await writeRows(acting, standing);
			await refuse(
				acting,
				importId,
				moved.map(({ row }) => row)
			);
			await acting.db
				.update(rosterImports)
				.set({ status: 'committed', committedAt: ctx.now, file: null, failure: null })
				.where(eq(rosterImports.id, importId));
			await record(acting, 'roster-import.committed', importId, {
				unitId: found.unitId,
				...counts,
				refused: moved.length
			});
		});
	} catch (error) {
		if (isConnectionLoss(error)) throw error; // the job runs again when the database is back
		const failure = error instanceof DomainError ? { key: error.code, values: error.values } : { key: 'unexpected' };
		await ctx.db
			.update(rosterImports)
			.set({ status: 'previewed', failure })
			.where(and(eq(rosterImports.id, importId), eq(rosterImports.status, 'committing')));
		if (!(error instanceof DomainError)) throw error;
	}
}

type ChosenRow = ReadRow & { row: number; stored: RosterImportRow };

async function loadChosen(ctx: Context, importId: string): Promise<ChosenRow[]> {
	const chosen: ChosenRow[] = [];
	for await (const stored of eachRow(ctx, importId)) {
		if (stored.selected && (stored.verdict === 'new' || stored.verdict === 'changed'))
			chosen.push({ row: stored.row, values: stored.values as RosterValues, problems: [], stored });
	}
	return chosen;
}

/** From here to the end nobody else changes the people whom the rows name. */
async function lockNamed({ db }: Context, chosen: ChosenRow[]): Promise<void> {
	const ids = chosen.map(({ stored }) => stored.personId).filter((id) => id !== null);
	await db.execute(
		sql`select id from ${people} where id in (select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::json)) order by id for update`
	);
}

function saysTheSame({ verdict, changes }: RosterImportRow, judgement: Judgement): boolean {
	if (judgement.verdict !== verdict) return false;
	return judgement.verdict !== 'changed' || isDeepStrictEqual(changes, judgement.changes);
}

async function refuse({ db }: Context, importId: string, rows: number[]): Promise<void> {
	const problems: Problem[] = [{ key: 'roster.moved-on' }];
	await db.execute(sql`
		update ${rosterImportRows} set verdict = 'wrong', selected = false, changes = null, problems = ${JSON.stringify(problems)}::jsonb
		where import_id = ${importId} and row in (select value::int from json_array_elements_text(${JSON.stringify(rows)}::json))`);
}
