import { and, sql } from 'drizzle-orm';
import { units } from '#db/schema/units.ts';
import { ranks } from '#lib/schemas/people.ts';
import { rootsOf, within } from '../../access/scope.ts';
import type { SignedIn } from '../../platform/context.ts';
import { isId } from '../../platform/ids.ts';
import { turnoutBelow, turnoutByRank } from './name-units.ts';
import { addUpTurnout, readTurnout } from './turnout.ts';

/** A unit on the way down, from the top of what the actor sees. */
type Step = { id: string; name: string; path: string };

/**
 * The turnout of an exam within reach: as a whole, right below a unit, and by rank. Without a unit the lowest one that has all
 * the candidates below it is opened.
 * @param scores whether the actor may know who passed; otherwise nobody has
 */
export async function readExamTurnout(ctx: SignedIn, examId: string, unitId: string | null, scores = false) {
	const known = await readTurnout(ctx, examId);
	const rows = scores ? known : known.map((row) => ({ ...row, passed: 0, failed: 0, excellent: 0 }));
	const top = commonPath(rows.map(({ path }) => path));
	const way = await readWay(ctx, unitId, top);
	const path = way.at(-1)?.path ?? top;
	const here = rows.filter((row) => row.path === path || row.path.startsWith(`${path}.`));
	return {
		total: addUpTurnout(rows),
		here: addUpTurnout(here),
		way: way.map(({ id, name }) => ({ id, name })),
		units: await turnoutBelow(ctx, rows, path),
		ranks: turnoutByRank(here, ranks)
	};
}

/** The lowest place that all paths lie in. */
export function commonPath(paths: readonly string[]): string {
	const [first = '', ...rest] = paths;
	const steps = first.split('.');
	let shared = steps.length;
	for (const path of rest) {
		const own = path.split('.');
		while (shared > 0 && own.slice(0, shared).join('.') !== steps.slice(0, shared).join('.')) shared--;
	}
	return steps.slice(0, shared).join('.');
}

/** Units from the top down to the one that is asked for, as far as they lie within reach; just the top where none is. */
async function readWay({ db, actor }: SignedIn, unitId: string | null, top: string): Promise<Step[]> {
	if (top === '' || rootsOf(actor, 'exam:view').length === 0) return [];
	const wanted = isId(unitId ?? '') ? sql`(select u.path from units u where u.id = ${unitId})` : sql`${top}::ltree`;
	const rows = await db
		.select({ id: units.id, name: units.name, path: sql<string>`${units.path}::text` })
		.from(units)
		.where(
			and(sql`${units.path} @> ${wanted} and ${units.path} <@ ${top}::ltree`, within(actor, 'exam:view', units.path))
		)
		.orderBy(sql`nlevel(${units.path})`);
	return rows;
}
