import { sql } from 'drizzle-orm';
import { type AudienceRule, conditionsOf } from '#lib/schemas/audiences.ts';
import type { Ability } from '../../access/abilities.ts';
import { within } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { idList } from '../../platform/id-list.ts';

export type Named = { unitIds: string[]; personIds: string[]; courseIds: string[]; listIds: string[] };

/** Everything that rules name by its id, once each. */
export function namedIn(rules: readonly AudienceRule[]): Named {
	const all = rules.flatMap(conditionsOf);
	const once = (ids: string[]) => [...new Set(ids)];
	return {
		unitIds: once(all.flatMap((one) => ('unit' in one ? one.unit.ids : []))),
		personIds: once(all.flatMap((one) => ('people' in one ? one.people.ids : []))),
		courseIds: once(all.flatMap((one) => ('course' in one ? [one.course.id] : []))),
		listIds: once(all.flatMap((one) => ('list' in one ? [one.list.id] : [])))
	};
}

/**
 * Refuses a rule that names what is out of the actor's reach, or what does not exist. What the rule named before stays
 * allowed: a person who has moved away since is no reason to refuse other changes.
 * @throws invalid audience.beyond-reach
 */
export async function demandNamed(ctx: Context, rule: AudienceRule, before: AudienceRule[] = []): Promise<void> {
	const [named, known] = [namedIn([rule]), namedIn(before)];
	const fresh = (kind: keyof Named) => named[kind].filter((id) => !known[kind].includes(id));
	const reach = await reachable(ctx, 'programme:edit', {
		unitIds: fresh('unitIds'),
		personIds: fresh('personIds'),
		courseIds: fresh('courseIds'),
		listIds: fresh('listIds')
	});
	const isWhole = (Object.keys(named) as (keyof Named)[]).every((kind) => reach[kind].length === fresh(kind).length);
	if (!isWhole) throw invalid('audience.beyond-reach', { field: 'rule' });
}

/** Those of the things named that exist and lie within reach. Courses are for everybody. */
export async function reachable({ db, actor }: Context, ability: Ability, named: Named): Promise<Named> {
	const path = sql`u.path`;
	const { rows } = await db.execute<{ kind: keyof Named; id: string }>(sql`
		select 'unitIds' as kind, u.id from units u where u.id in ${idList(named.unitIds)} and ${within(actor, ability, path)}
		union all select 'personIds', p.id from people p join units u on u.id = p.unit_id where p.id in ${idList(named.personIds)} and ${within(actor, ability, path)}
		union all select 'courseIds', c.id from courses c where c.id in ${idList(named.courseIds)}
		union all select 'listIds', l.id from people_lists l join units u on u.id = l.unit_id where l.id in ${idList(named.listIds)} and ${within(actor, ability, path)}`);
	const of = (kind: keyof Named) => rows.filter((row) => row.kind === kind).map(({ id }) => id);
	return { unitIds: of('unitIds'), personIds: of('personIds'), courseIds: of('courseIds'), listIds: of('listIds') };
}
