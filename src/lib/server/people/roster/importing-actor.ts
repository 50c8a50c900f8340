import { type Actor, type Context, platformActor } from '../../platform/context.ts';
import { actorToday } from '../../units/actor-today.ts';

/** Whoever uploaded a file, with the roles that they hold today: a job reaches no further than they do. */
export async function importingActor(ctx: Context, personId: string | null): Promise<Actor> {
	return personId === null ? platformActor : actorToday(ctx, personId);
}
