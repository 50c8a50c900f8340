import { and, eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { indicatorEvidence, indicators, indicatorScores, indicatorSheets } from '#db/schema/indicators.ts';
import type * as schemas from '#lib/schemas/indicators.ts';
import { demandNotOwn } from '../../access/scope.ts';
import { record } from '../../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../../platform/context.ts';
import { conflict, invalid, notFound } from '../../platform/errors.ts';
import { keepFile, type Upload } from '../../platform/files/keep-file.ts';
import { dropFile } from '../../platform/files/read-file.ts';
import { evidenceTypes } from '../evidence.ts';
import { lockSheet } from './queries.ts';
import { tellScorers, tellVerifiers } from './tell.ts';

const most = 20;

/** A unit scores itself for one item, and says what for. @throws conflict sheet.handed-in, invalid sheet.too-many-points, not-found sheet.not-found | indicator.not-found */
export function scoreSelf(ctx: SignedIn, input: v.InferOutput<typeof schemas.scoreSelf>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { sheetId, indicatorId, selfScore, selfText } = input;
		const sheet = await lockOpen(ctx, sheetId);
		const { points } = await getIndicator(ctx, sheet.setId, indicatorId);
		if (selfScore !== null && selfScore > points)
			throw invalid('sheet.too-many-points', { field: 'selfScore', values: { points } });
		await ctx.db
			.insert(indicatorScores)
			.values({ sheetId, indicatorId, selfScore, selfText })
			.onConflictDoUpdate({
				target: [indicatorScores.sheetId, indicatorScores.indicatorId],
				set: { selfScore, selfText }
			});
	});
}

/** Adds a file that proves a self-score. @throws invalid file.…, conflict sheet.handed-in | sheet.files-full, not-found sheet.not-found | indicator.not-found */
export function addProof(
	ctx: SignedIn,
	{ sheetId, indicatorId, upload }: { sheetId: string; indicatorId: string; upload: Upload }
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const sheet = await lockOpen(ctx, sheetId);
		await getIndicator(ctx, sheet.setId, indicatorId);
		const held = await ctx.db.$count(
			indicatorEvidence,
			and(eq(indicatorEvidence.sheetId, sheetId), eq(indicatorEvidence.indicatorId, indicatorId))
		);
		if (held >= most) throw conflict('sheet.files-full', { field: 'file', values: { limit: most } });
		const fileId = await keepFile(ctx, upload, { types: evidenceTypes });
		await ctx.db.insert(indicatorEvidence).values({ sheetId, indicatorId, fileId });
		await record(ctx, 'sheet.evidence-added', sheetId, { indicatorId, fileId });
		return fileId;
	});
}

/** Takes a file away before the sheet is handed in. @throws conflict sheet.handed-in, not-found sheet.not-found | file.not-found */
export function removeProof(
	ctx: SignedIn,
	{ sheetId, fileId }: v.InferOutput<typeof schemas.removeProof>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await lockOpen(ctx, sheetId);
		const removed = await ctx.db
			.delete(indicatorEvidence)
			.where(and(eq(indicatorEvidence.sheetId, sheetId), eq(indicatorEvidence.fileId, fileId)))
			.returning({ fileId: indicatorEvidence.fileId });
		if (removed.length === 0) throw notFound('file');
		await dropFile(ctx, fileId);
		await record(ctx, 'sheet.evidence-removed', sheetId, { fileId });
	});
}

/** Hands a sheet in, once every item has a score; whoever verifies is told. @throws conflict sheet.handed-in | sheet.unscored, not-found sheet.not-found */
export function handInSheet(ctx: SignedIn, { sheetId }: v.InferOutput<typeof schemas.theSheet>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const sheet = await lockOpen(ctx, sheetId);
		const left = await countWithout(ctx, sheet, sql`x.self_score is not null`);
		if (left > 0) throw conflict('sheet.unscored', { values: { count: left } });
		await ctx.db
			.update(indicatorSheets)
			.set({ state: 'handed-in', handedInBy: ctx.actor.personId, handedInAt: ctx.now })
			.where(eq(indicatorSheets.id, sheetId));
		await record(ctx, 'sheet.handed-in', sheetId);
		await tellVerifiers(ctx, sheet.setPath, sheet, `${sheetId} ${ctx.now.toISOString()}`);
	});
}

/**
 * Those above verify the score of one item: with a reason where it is not the unit's own. False evidence voids it.
 * @throws conflict sheet.not-handed-in, invalid sheet.too-many-points | sheet.reason-missing, forbidden access.own-case, not-found sheet.not-found | indicator.not-found
 */
export function verifyScore(ctx: SignedIn, input: v.InferOutput<typeof schemas.verifyScore>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { sheetId, indicatorId, voided } = input;
		const sheet = await lockHandedIn(ctx, sheetId);
		const { points } = await getIndicator(ctx, sheet.setId, indicatorId);
		const verifiedScore = voided ? 0 : input.verifiedScore;
		if (verifiedScore > points) throw invalid('sheet.too-many-points', { field: 'verifiedScore', values: { points } });
		const ofItem = and(eq(indicatorScores.sheetId, sheetId), eq(indicatorScores.indicatorId, indicatorId));
		const [own] = await ctx.db.select().from(indicatorScores).where(ofItem);
		const reason = input.reason.trim();
		if (reason === '' && (voided || own?.selfScore !== verifiedScore))
			throw invalid('sheet.reason-missing', { field: 'reason' });
		await ctx.db.update(indicatorScores).set({ verifiedScore, reason, voided }).where(ofItem);
		await record(ctx, 'sheet.score-verified', sheetId, { indicatorId, score: verifiedScore, voided });
	});
}

/** Closes a sheet once every item is verified: it is frozen, and its unit told. @throws conflict sheet.not-handed-in | sheet.unverified, forbidden access.own-case, not-found sheet.not-found */
export function closeSheet(ctx: SignedIn, { sheetId }: v.InferOutput<typeof schemas.theSheet>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const sheet = await lockHandedIn(ctx, sheetId);
		const left = await countWithout(ctx, sheet, sql`x.verified_score is not null`);
		if (left > 0) throw conflict('sheet.unverified', { values: { count: left } });
		await ctx.db
			.update(indicatorSheets)
			.set({ state: 'verified', verifiedBy: ctx.actor.personId, verifiedAt: ctx.now })
			.where(eq(indicatorSheets.id, sheetId));
		await record(ctx, 'sheet.verified', sheetId);
		await tellScorers(ctx, [sheet], 'sheet_verified', sheetId);
	});
}

/** Gives a sheet back to its unit, which is told, to score itself anew. @throws conflict sheet.not-handed-in, not-found sheet.not-found */
export function giveBackSheet(ctx: SignedIn, { sheetId }: v.InferOutput<typeof schemas.theSheet>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const sheet = await lockHandedIn(ctx, sheetId);
		await ctx.db
			.update(indicatorSheets)
			.set({ state: 'open', handedInBy: null, handedInAt: null })
			.where(eq(indicatorSheets.id, sheetId));
		// What was verified is to be looked at again.
		await ctx.db
			.update(indicatorScores)
			.set({ verifiedScore: null, reason: '', voided: false })
			.where(eq(indicatorScores.sheetId, sheetId));
		await record(ctx, 'sheet.given-back', sheetId);
		await tellScorers(ctx, [sheet], 'sheet_given_back', `${sheetId} ${ctx.now.toISOString()}`);
	});
}

async function lockOpen(ctx: SignedIn, sheetId: string) {
	const sheet = await lockSheet(ctx, sheetId, 'indicator:score');
	if (sheet.state !== 'open') throw conflict('sheet.handed-in');
	return sheet;
}

async function lockHandedIn(ctx: SignedIn, sheetId: string) {
	const sheet = await lockSheet(ctx, sheetId, 'indicator:verify');
	if (sheet.state !== 'handed-in') throw conflict('sheet.not-handed-in');
	if (sheet.handedInBy) demandNotOwn(ctx, sheet.handedInBy);
	return sheet;
}

async function getIndicator({ db }: Context, setId: string, indicatorId: string) {
	const [found] = await db
		.select({ points: indicators.points })
		.from(indicators)
		.where(and(eq(indicators.setId, setId), eq(indicators.id, indicatorId)));
	if (!found) throw notFound('indicator');
	return found;
}

/** Items of a sheet for which no score fulfils this. */
async function countWithout(
	{ db }: Context,
	{ id, setId }: { id: string; setId: string },
	condition: ReturnType<typeof sql>
): Promise<number> {
	return db.$count(
		indicators,
		and(
			eq(indicators.setId, setId),
			sql`not exists (select 1 from indicator_scores x where x.sheet_id = ${id} and x.indicator_id = ${indicators.id} and ${condition})`
		)
	);
}
