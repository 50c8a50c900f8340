import { desc, eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { assessmentAmendments } from '#db/schema/assessment-results.ts';
import type * as schemas from '#lib/schemas/assessments.ts';
import { can, demandNotOwn } from '../../access/scope.ts';
import { record } from '../../audit/record.ts';
import { notify } from '../../notifications/notify.ts';
import { atomically, type Context, type SignedIn } from '../../platform/context.ts';
import { conflict, invalid, notFound } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { confirmPassword } from '../../sessions/confirm-password.ts';
import { changed } from '../change-rule.ts';
import { type LockedResult, lockResults } from '../lock-result.ts';
import { findScheme } from '../schemes/read-scheme.ts';

/**
 * Corrects a closed result: appends an amendment with old and new value and its reason, signed by the password of whoever
 * decides. The newest amendment holds, the result itself stays.
 * @throws conflict result.not-closed, invalid result.nothing-changed | password.wrong, forbidden access.own-case, not-found result
 */
export async function amendResult(
	ctx: SignedIn,
	{ password, ...amendment }: v.InferOutput<typeof schemas.amend>
): Promise<void> {
	await atomically(ctx, async (ctx) => demandMay(ctx, (await lockResults(ctx, [amendment.resultId]))[0]));
	await confirmPassword(ctx, password);
	await appendAmendment(ctx, amendment);
}

type Amendment = Omit<v.InferOutput<typeof schemas.amend>, 'password'>;

/** The same for whoever has proved already that it is them. */
export function appendAmendment(ctx: SignedIn, { resultId, reason, ...change }: Amendment): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const [found] = await lockResults(ctx, [resultId]);
		const { result } = demandMay(ctx, found);
		const held = await holding(ctx, result);
		const scheme = await findScheme(ctx, result.schemeId);
		const next = changed({ ...held, limits: result.limits }, change, scheme!.rule);
		if (!next) throw invalid('result.nothing-changed', { field: 'points' });

		const amendment = {
			id: newId(),
			resultId,
			fromBand: held.band,
			toBand: next.band,
			fromScore: held.score,
			toScore: next.score,
			reason,
			amendedBy: ctx.actor.personId,
			amendedAt: ctx.now
		};
		await ctx.db.insert(assessmentAmendments).values(amendment);
		await record(ctx, 'result.amended', resultId, {
			amendmentId: amendment.id,
			from: [held.score, held.band],
			to: [next.score, next.band]
		});
		await notify(ctx, [result.personId], {
			kind: 'result_amended',
			occasion: amendment.id,
			href: `/record/results/${result.year}`,
			values: { year: result.year }
		});
	});
}

function demandMay(ctx: SignedIn, found: LockedResult | undefined): LockedResult {
	if (!found || !can(ctx.actor, 'result:confirm', found.path)) throw notFound('result');
	demandNotOwn(ctx, found.result.personId);
	if (found.state !== 'closed') throw conflict('result.not-closed');
	return found;
}

/** What holds of a closed result: the newest amendment, or what was signed. */
async function holding({ db }: Context, { id, score, band }: LockedResult['result']) {
	const [latest] = await db
		.select()
		.from(assessmentAmendments)
		.where(eq(assessmentAmendments.resultId, id))
		.orderBy(desc(assessmentAmendments.amendedAt), desc(assessmentAmendments.id))
		.limit(1);
	return { score: latest?.toScore ?? score, band: latest?.toBand ?? band };
}
