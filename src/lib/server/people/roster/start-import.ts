import path from 'node:path';
import { rosterImports } from '#db/schema/people.ts';
import { record } from '../../audit/record.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { enqueue } from '../../platform/enqueue.ts';
import { newId } from '../../platform/ids.ts';
import { getUnit, type Unit } from '../../units/queries.ts';
import { matchColumns } from './match-columns.ts';
import { readTable } from './read-table.ts';

export type Upload = { unitId: string; fileName: string; file: Buffer };

/**
 * Takes in a roster file for a unit and what is below it. What no reader can open is refused here; the rows are read and judged
 * by a job, and nothing of the roster changes before somebody commits.
 * @returns the import's id
 * @throws invalid roster.…, not-found unit
 */
export async function startImport(ctx: Context, { unitId, ...upload }: Upload): Promise<string> {
	return keepImport(ctx, await getUnit(ctx, unitId, 'people:import'), upload);
}

/** The same for a unit that the caller has chosen by its own right, such as the command on the server. */
export async function keepImport(
	ctx: Context,
	unit: Unit,
	{ fileName, file }: Omit<Upload, 'unitId'>
): Promise<string> {
	const { headers, total } = await readTable(file);
	return atomically(ctx, async (ctx) => {
		const id = newId();
		await ctx.db.insert(rosterImports).values({
			id,
			createdBy: ctx.actor.personId,
			createdAt: ctx.now,
			unitId: unit.id,
			fileName: path.basename(fileName.replaceAll('\\', '/')).slice(0, 200) || 'roster',
			file,
			headers,
			columns: matchColumns(headers),
			rowsTotal: total
		});
		await record(ctx, 'roster-import.started', id, { unitId: unit.id, bytes: file.length });
		await enqueue(ctx, 'people.read-roster', { importId: id }, { key: `people.read-roster ${id}` });
		return id;
	});
}
