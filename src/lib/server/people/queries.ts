import { eq } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type { Ability } from '../access/abilities.ts';
import { demandWithin } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';

export type Person = typeof people.$inferSelect;

/** A person to whom the actor may do this. @throws not-found person.not-found */
export async function getPerson(ctx: Context, id: string, ability: Ability = 'people:view') {
	const [found] = await ctx.db
		.select({ person: people, unitPath: units.path, unitName: units.name })
		.from(people)
		.leftJoin(units, eq(units.id, people.unitId))
		.where(eq(people.id, id));
	demandWithin(ctx, ability, found?.unitPath, 'person');
	if (!found) throw notFound('person');
	return { ...found.person, unitPath: found.unitPath, unitName: found.unitName };
}

/** The same with the row taken, for a change that others must wait for. */
export async function lockPerson(ctx: Context, id: string, ability: Ability): Promise<Person> {
	await getPerson(ctx, id, ability);
	const [person] = await ctx.db.select().from(people).where(eq(people.id, id)).for('update');
	if (!person) throw notFound('person');
	return person;
}
