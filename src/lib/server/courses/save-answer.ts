import { and, eq, isNull, sql } from 'drizzle-orm';
import { masteryCheckQuestions, masteryChecks } from '#db/schema/courses.ts';
import type { SaveAnswer } from '#lib/schemas/checks.ts';
import type { SignedIn } from '../platform/context.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { pipelined } from '../platform/prepared.ts';
import { answerRow, isFit, keptAnswer } from '../questions/kept-answer.ts';

/** The server's word that an answer stands, and since when; null since it was taken back. */
export interface Receipt {
	position: number;
	at: Date | null;
}

/**
 * Saves one answer of the actor's open try; sent again, it stands as it stood. Says that it is kept, never whether it is
 * right. One statement decides whose it is, whether the try is open and whether the answer fits the question drawn.
 * @throws not-found check.not-found, conflict check.closed, invalid answer.unfit
 */
export async function saveAnswer(ctx: SignedIn, { checkId, position, answer }: SaveAnswer): Promise<Receipt> {
	const [saved] = await saving(ctx.db).execute({
		checkId,
		position,
		personId: ctx.actor.personId,
		at: ctx.now,
		...answerRow(answer)
	});
	return saved ? { position, at: saved.at } : refuse(ctx, checkId);
}

/** A query that is made for every click should not be planned for every click. */
const saving = pipelined((db) => {
	const { placeholder } = sql;
	const given = {
		kind: placeholder('kind'),
		atLeast: placeholder('atLeast'),
		atMost: placeholder('atMost'),
		furthest: placeholder('furthest'),
		places: placeholder('places'),
		kept: placeholder('kept')
	};

	return db
		.update(masteryCheckQuestions)
		.set({
			response: keptAnswer(given, masteryCheckQuestions),
			answeredAt: sql`case when ${given.kept}::jsonb is null then null else ${placeholder('at')}::timestamptz end`
		})
		.from(masteryChecks)
		.where(
			and(
				eq(masteryChecks.id, placeholder('checkId')),
				eq(masteryChecks.personId, placeholder('personId')),
				eq(masteryChecks.status, 'open'),
				eq(masteryCheckQuestions.checkId, masteryChecks.id),
				eq(masteryCheckQuestions.position, placeholder('position')),
				// Marking takes these rows: one that was waited for has its mark, whatever the try looked like before.
				isNull(masteryCheckQuestions.correct),
				isFit(given, masteryCheckQuestions)
			)
		)
		.returning({ at: masteryCheckQuestions.answeredAt })
		.prepare('save_answer');
});

async function refuse({ db, actor }: SignedIn, checkId: string): Promise<never> {
	const [own] = await db
		.select({ status: masteryChecks.status })
		.from(masteryChecks)
		.where(and(eq(masteryChecks.id, checkId), eq(masteryChecks.personId, actor.personId)));
	if (!own) throw notFound('check');
	throw own.status === 'open' ? invalid('answer.unfit') : conflict('check.closed');
}
