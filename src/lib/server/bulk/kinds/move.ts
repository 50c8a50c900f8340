import { sql } from 'drizzle-orm';
import { within } from '../../access/scope.ts';
import { appoint } from '../../people/appoint.ts';
import { getPerson } from '../../people/queries.ts';
import { oneByOne, type HandlerOf } from '../handler.ts';
import { refusalsBy } from '../refusals.ts';

/** Transfers people to another unit, each with the title, level and rank that they hold. */
export const move: HandlerOf<'move'> = {
	ability: 'people:edit',
	size: 25,
	refusals: (ctx, ids, { unitId, startsOn }) =>
		refusalsBy(ctx, ids, sql`left join people p on p.id = t.id left join units u on u.id = p.unit_id`, [
			[sql`p.status is distinct from 'active'`, 'bulk.not-serving'],
			[sql`not coalesce(${within(ctx.actor, 'people:edit', sql`u.path`)}, false)`, 'bulk.beyond-reach'],
			[sql`p.unit_id = ${unitId}`, 'bulk.there-already'],
			[
				sql`exists (select 1 from posts o where o.person_id = p.id and o."primary" and o.starts_on = ${startsOn})`,
				'post.same-day'
			]
		]),
	act: (ctx, rows, { unitId, startsOn, document }) =>
		oneByOne(ctx, rows, async (ctx, { personId }) => {
			const { title, leadershipLevel, rank } = await getPerson(ctx, personId, 'people:edit');
			const post = { unitId, title: title ?? '', leadershipLevel, rank, startsOn, document };
			await appoint(ctx, { personId, kind: 'transfer', ...post });
		})
};
