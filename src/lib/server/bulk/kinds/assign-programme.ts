import { sql } from 'drizzle-orm';
import { units } from '#db/schema/units.ts';
import { rootsOf } from '../../access/scope.ts';
import type { SignedIn } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { notFound } from '../../platform/errors.ts';
import { insertAudience } from '../../programmes/audiences/create-audience.ts';
import { keepPeopleList } from '../../programmes/audiences/keep-people-list.ts';
import { assignProgramme, withdrawProgramme } from '../../programmes/requirements/assign-programme.ts';
import { getProgramme } from '../../programmes/requirements/queries.ts';
import { mostAtOnce } from '#lib/schemas/bulk.ts';
import { allAtOnce, type HandlerOf } from '../handler.ts';
import { notServing } from '../refusals.ts';

type Made = { assignmentId: string };

/** A list of those people, an audience of that list, and the programme assigned to it; the duties are made within seconds. */
export const assignProgrammeToList: HandlerOf<'assign-programme'> = {
	ability: 'programme:edit',
	size: mostAtOnce,
	ownToo: true,
	refusals: notServing,
	act(ctx, rows, { programmeId, title, dueOn, reason }) {
		return allAtOnce(ctx, rows, async (ctx, personIds): Promise<Made> => {
			const { current } = await getProgramme(ctx, programmeId);
			const unitId = await highestUnit(ctx);
			const listId = await keepPeopleList(ctx, { unitId, name: title }, personIds);
			const audienceId = await insertAudience(ctx, { unitId, name: title, rule: { list: { id: listId } } });
			const [month, day] = [Number(dueOn.slice(5, 7)), Number(dueOn.slice(8))];
			const due =
				current?.recurrence === 'yearly'
					? ({ kind: 'yearly', month, day } as const)
					: ({ kind: 'date', on: dueOn } as const);
			const terms = { due, startsOn: dateOf(ctx.now), endsOn: null, reason };
			return { assignmentId: await assignProgramme(ctx, { programmeId, audienceId, ...terms }) };
		});
	},
	undo(ctx, rows, _, { undoneBecause }) {
		const { assignmentId } = rows[0]!.made as Made;
		return allAtOnce(ctx, rows, async (ctx) => {
			await withdrawProgramme(ctx, { assignmentId, because: undoneBecause ?? '' });
		});
	}
};

async function highestUnit({ db, actor }: SignedIn): Promise<string> {
	const { rows } = await db.execute<{ id: string }>(sql`
		select id from ${units} where path = any(${sql.param(rootsOf(actor, 'programme:edit'))}::ltree[]) order by nlevel(path), position limit 1`);
	if (!rows[0]) throw notFound('unit');
	return rows[0].id;
}
