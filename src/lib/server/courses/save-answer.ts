import { and, eq, isNull, sql } from 'drizzle-orm';
import { masteryCheckQuestions, masteryChecks } from '#db/schema/courses.ts';
import type { GivenAnswer, SaveAnswer } from '#lib/schemas/checks.ts';
import type { SignedIn } from '../platform/context.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { prepared } from '../platform/prepared.ts';
import { placeOf } from './shown-letters.ts';

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
		...rowOf(answer)
	});
	return saved ? { position, at: saved.at } : refuse(ctx, checkId);
}

/** What the statement needs: the shape to compare, and what to keep. Shown letters go as places in the order of options. */
function rowOf(answer: GivenAnswer) {
	const { kind } = answer;
	if (kind === 'single' || kind === 'multiple') {
		const places = answer.chosen.map(placeOf);
		return {
			kind,
			atLeast: Math.max(1, ...places),
			atMost: 6,
			places,
			kept: places.length > 0 ? JSON.stringify({ kind }) : null
		};
	}
	const size = kind === 'fill-in' ? answer.blanks.length : 1;
	return { kind, atLeast: size, atMost: size, places: null, kept: isEmpty(answer) ? null : JSON.stringify(answer) };
}

function isEmpty(answer: GivenAnswer): boolean {
	if (answer.kind === 'fill-in') return answer.blanks.every((blank) => blank.trim() === '');
	return answer.kind === 'numeric' && answer.number.trim() === '';
}

/** A query that is made for every click should not be planned for every click. */
const saving = prepared((db) => {
	const { placeholder } = sql;
	const kept = sql`${placeholder('kept')}::jsonb`;
	const places = sql`${placeholder('places')}::int[]`;
	const stated = sql`(select jsonb_agg(letter order by letter) from (select ${masteryCheckQuestions.optionOrder}[place] as letter from unnest(${places}) place) chosen)`;

	return db
		.update(masteryCheckQuestions)
		.set({
			response: sql`case when ${places} is null then ${kept} else ${kept} || jsonb_build_object('chosen', ${stated}) end`,
			answeredAt: sql`case when ${kept} is null then null else ${placeholder('at')}::timestamptz end`
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
				eq(masteryCheckQuestions.kind, placeholder('kind')),
				sql`${masteryCheckQuestions.size} between ${placeholder('atLeast')} and ${placeholder('atMost')}`
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
