import { sql } from 'drizzle-orm';
import { within } from '../../access/scope.ts';
import type { SignedIn } from '../../platform/context.ts';
import type { ExamView } from '../read-exam.ts';
import { seesScores } from '../sees-scores.ts';
import { readScores, type ScoreFigures } from './read-scores.ts';
import { readStatistics, type Statistics } from './read-statistics.ts';

/** What somebody may see of the figures of an exam. */
export type SeenFigures =
	/** Scores are not for them, or not yet. */
	| { extent: 'nothing' }
	/** The scores of the people within reach, and nothing of the others. */
	| { extent: 'own'; scores: ScoreFigures }
	/** Everything, for whoever may see the exam as a whole. */
	| ({ extent: 'whole' } & Statistics);

/** The figures of an exam as far as the actor may see them. @param wide whether the whole exam lies within their reach */
export async function readFigures(ctx: SignedIn, view: ExamView): Promise<SeenFigures> {
	if (!seesScores(view)) return { extent: 'nothing' };
	if (view.may.whole) return { extent: 'whole', ...(await readStatistics(ctx, view.exam.id)) };
	const reach = sql`exists (select 1 from units where units.id = c.unit_id and ${within(ctx.actor, 'exam:view', sql`units.path`)})`;
	return { extent: 'own', scores: await readScores(ctx, view.exam.id, reach) };
}
