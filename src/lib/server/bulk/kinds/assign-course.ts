import { sql } from 'drizzle-orm';
import { obligations } from '#db/schema/programmes.ts';
import type { Context } from '../../platform/context.ts';
import { idList } from '../../platform/id-list.ts';
import { assign } from '../../programmes/assign.ts';
import { affected } from '../../programmes/audience.ts';
import { withdraw } from '../../programmes/change-obligations.ts';
import { allAtOnce, type HandlerOf, type Outcomes } from '../handler.ts';

const reasons = { completed: 'bulk.completed-already', obliged: 'bulk.obliged-already' };

/** One assignment for all of them. Who has completed the course, or owes it, owes nothing more. */
export const assignCourse: HandlerOf<'assign-course'> = {
	ability: 'training:assign',
	size: 5_000,
	ownToo: true,
	async refusals(ctx, ids, { courseId }) {
		const reached = affected(ctx, courseId, { personIds: [...ids], unitIds: [], subtree: false });
		const { rows } = await ctx.db.execute<{ id: string; effect: keyof typeof reasons | 'new' | null }>(sql`
			select named.id, reached.effect from ${idList(ids)} as named (id) left join (${reached}) reached on reached.person_id = named.id`);
		return new Map(
			rows.flatMap(({ id, effect }) =>
				effect === 'new' ? [] : [[id, effect ? reasons[effect] : 'bulk.not-serving'] as const]
			)
		);
	},
	async act(ctx, rows, values) {
		let assignmentId: string | null = null;
		const outcomes = await allAtOnce(ctx, rows, async (ctx, personIds) => {
			({ assignmentId } = await assign(ctx, { ...values, personIds, unitIds: [], subtree: false }));
			return { assignmentId };
		});
		return assignmentId === null ? outcomes : onlyObliged(ctx, outcomes, assignmentId);
	},
	async undo(ctx, rows, _, { undoneBecause }) {
		const outcomes: Outcomes = new Map();
		const byAssignment = Map.groupBy(rows, ({ made }) => (made as { assignmentId: string }).assignmentId);
		for (const [assignmentId, some] of byAssignment) {
			const owed = await owing(ctx, assignmentId);
			const others = some.filter(({ personId }) => personId !== ctx.actor.personId && owed.has(personId));
			const undone = await allAtOnce(ctx, others, async (ctx) => {
				await withdraw(ctx, {
					...{ assignmentId, because: undoneBecause ?? '', q: '', state: undefined, unit: undefined },
					...{ listed: false, obligationIds: others.map(({ personId }) => owed.get(personId)!) }
				});
			});
			for (const { targetId, personId } of some) {
				const kept = personId === ctx.actor.personId ? 'access.own-case' : 'bulk.done-since';
				outcomes.set(targetId, undone.get(targetId) ?? { refused: kept });
			}
		}
		return outcomes;
	}
};

/** Somebody who came to owe it meanwhile is no part of the assignment. */
async function onlyObliged({ db }: Context, outcomes: Outcomes, assignmentId: string): Promise<Outcomes> {
	const { rows } = await db.execute<{ id: string }>(
		sql`select person_id as id from ${obligations} where assignment_id = ${assignmentId}`
	);
	const obliged = new Set(rows.map(({ id }) => id));
	return new Map([...outcomes].map(([id, outcome]) => [id, obliged.has(id) ? outcome : { refused: reasons.obliged }]));
}

async function owing({ db }: Context, assignmentId: string): Promise<Map<string, string>> {
	const { rows } = await db.execute<{ id: string; personId: string }>(sql`
		select id, person_id as "personId" from ${obligations}
		where assignment_id = ${assignmentId} and completed_at is null and withdrawn_at is null and exempt_at is null`);
	return new Map(rows.map(({ id, personId }) => [personId, id]));
}
