import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { files } from '#db/schema/files.ts';
import {
	indicatorEvidence,
	indicators,
	indicatorScores,
	indicatorSets,
	indicatorSheets
} from '#db/schema/indicators.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import { can, demand, demandWithin, rootsOf, within } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { filingsOf } from '../cycle-queries.ts';
import { mostOff } from '../points-off.ts';
import type { ReportState } from '../report-state.ts';
import { bandOf, totalOf } from '../score-rule.ts';

export type IndicatorSet = typeof indicatorSets.$inferSelect;

/** Seen where it is arranged; once published, by those below as well. */
function visible({ actor }: Context): SQL {
	const roots = sql`${sql.param(rootsOf(actor, 'indicator:view'))}::ltree[]`;
	return sql`(${units.path} <@ any(${roots}) or (${indicatorSets.state} = 'published' and ${units.path} @> any(${roots})))`;
}

/** The assessment items that the actor sees, the latest year first. */
export function listSets(ctx: Context) {
	demand(ctx, 'indicator:view');
	return ctx.db
		.select({
			id: indicatorSets.id,
			title: indicatorSets.title,
			year: indicatorSets.year,
			state: indicatorSets.state,
			unit: units.name,
			items: sql<number>`(select count(*)::int from indicators i where i.set_id = indicator_sets.id)`,
			points: sql<number>`(select coalesce(sum(i.points), 0)::float8 from indicators i where i.set_id = indicator_sets.id)`
		})
		.from(indicatorSets)
		.innerJoin(units, eq(units.id, indicatorSets.unitId))
		.where(visible(ctx))
		.orderBy(sql`${indicatorSets.year} desc, nlevel(${units.path}), ${units.position}, ${units.code}`);
}

/** A set that the actor may look at. @throws not-found indicators.not-found */
export async function getSet(ctx: Context, setId: string) {
	const [found] = isId(setId)
		? await ctx.db
				.select({ set: indicatorSets, unit: units.name, unitPath: units.path })
				.from(indicatorSets)
				.innerJoin(units, eq(units.id, indicatorSets.unitId))
				.where(and(eq(indicatorSets.id, setId), visible(ctx)))
		: [];
	if (!found) throw notFound('indicators');
	const { set, unit, unitPath } = found;
	return {
		...{ ...set, unit, unitPath },
		mayEdit: can(ctx.actor, 'indicator:edit', unitPath),
		mayVerify: can(ctx.actor, 'indicator:verify', unitPath)
	};
}

/** Takes the row of a set that is still arranged. @throws conflict indicators.published, not-found indicators.not-found */
export async function lockSet(ctx: Context, setId: string) {
	const [found] = await ctx.db
		.select({ set: indicatorSets, unitPath: units.path })
		.from(indicatorSets)
		.innerJoin(units, eq(units.id, indicatorSets.unitId))
		.where(and(eq(indicatorSets.id, setId), within(ctx.actor, 'indicator:edit', units.path)))
		.for('update', { of: indicatorSets });
	if (!found) throw notFound('indicators');
	if (found.set.state === 'published') throw conflict('indicators.published');
	return { ...found.set, unitPath: found.unitPath };
}

/** The items of a set in their order. */
export const listIndicators = ({ db }: Context, setId: string) =>
	db.select().from(indicators).where(eq(indicators.setId, setId)).orderBy(asc(indicators.position), asc(indicators.id));

export type Indicator = Awaited<ReturnType<typeof listIndicators>>[number];

/** What a late annual report of a unit takes off the item on reporting. */
type Off = { late: { dueOn: string; at: string }[]; state: ReportState; dueOn: string; rule: LateRow };
type LateRow = { lateDays: number; lateOff: number; laterMonths: number; laterOff: number };

type SheetRow = {
	id: string;
	unitId: string;
	unit: string;
	unitPath: string;
	state: (typeof indicatorSheets.$inferSelect)['state'];
	scores: { indicatorId: string; selfScore: number | null; verifiedScore: number | null; voided: boolean }[];
	report: Off | null;
};

/** The sheets of a set within reach, in official order, never by their points: with totals, and the band once verified. */
export async function listSheets(ctx: Context, set: IndicatorSet, sheetId?: string) {
	const { rows } = await ctx.db.execute<SheetRow>(sql`
		select s.id, s.unit_id as "unitId", ${units.name} as unit, ${units.path}::text as "unitPath", s.state,
			coalesce((select json_agg(json_build_object('indicatorId', x.indicator_id, 'selfScore', x.self_score, 'verifiedScore', x.verified_score, 'voided', x.voided))
				from ${indicatorScores} x where x.sheet_id = s.id), '[]') as scores,
			(select json_build_object('state', r.state, 'dueOn', r.due_on,
				'late', coalesce((select json_agg(json_build_object('dueOn', v.due_on, 'at', v.submitted_at)) from report_versions v where v.report_id = r.id), '[]'),
				'rule', json_build_object('lateDays', c.late_days, 'lateOff', c.late_off, 'laterMonths', c.later_months, 'laterOff', c.later_off))
				from unit_reports r join report_cycles c on c.id = r.cycle_id
				where r.unit_id = s.unit_id and c.unit_id = ${set.unitId} and c.year = ${set.year}) as report
		from ${indicatorSheets} s join ${units} on ${units.id} = s.unit_id
		where s.set_id = ${set.id} and ${sheetId ? sql`s.id = ${sheetId}` : sql`true`} and ${within(ctx.actor, 'indicator:view', units.path)}
		order by ${units.position}, ${units.code}`);
	const items = await listIndicators(ctx, set.id);
	return rows.map(({ scores, report, ...sheet }) => {
		const offOf = (item: Indicator) => (item.reporting && report ? offBy(item.points, report, dateOf(ctx.now)) : 0);
		const of = new Map(scores.map((score) => [score.indicatorId, score]));
		const scored = items.map((item) => ({
			...{ points: item.points, off: offOf(item) },
			verifiedScore: of.get(item.id)?.verifiedScore ?? null,
			voided: of.get(item.id)?.voided ?? false
		}));
		const total = totalOf(scored);
		return {
			...sheet,
			self: Math.round(scores.reduce((sum, { selfScore }) => sum + (selfScore ?? 0), 0) * 100) / 100,
			scored: scores.filter(({ selfScore }) => selfScore !== null).length,
			off: Math.max(0, ...scored.map(({ off }) => off)),
			total,
			band: sheet.state === 'verified' ? bandOf(total, set.bands) : null
		};
	});
}

const offBy = (points: number, { late, state, dueOn, rule }: Off, today: string): number =>
	mostOff(points, filingsOf(late, { state, dueOn }, today), rule);

export type SheetLine = Awaited<ReturnType<typeof listSheets>>[number];

/** The sheet of a unit, with every item: its scores, its evidence. @throws not-found sheet.not-found */
export async function getSheet(ctx: Context, set: IndicatorSet & { unitPath: string }, unitId: string) {
	const [found] = isId(unitId)
		? await ctx.db
				.select({ sheet: indicatorSheets, unit: units.name, unitPath: units.path })
				.from(indicatorSheets)
				.innerJoin(units, eq(units.id, indicatorSheets.unitId))
				.where(and(eq(indicatorSheets.setId, set.id), eq(indicatorSheets.unitId, unitId)))
		: [];
	demandWithin(ctx, 'indicator:view', found?.unitPath, 'sheet');
	if (!found) throw notFound('sheet');
	const { sheet, unit, unitPath } = found;
	const items = await listIndicators(ctx, set.id);
	const scores = await ctx.db.select().from(indicatorScores).where(eq(indicatorScores.sheetId, sheet.id));
	const proofs = await ctx.db
		.select({ indicatorId: indicatorEvidence.indicatorId, fileId: files.id, name: files.name, size: files.size })
		.from(indicatorEvidence)
		.innerJoin(files, eq(files.id, indicatorEvidence.fileId))
		.where(eq(indicatorEvidence.sheetId, sheet.id))
		.orderBy(asc(files.broughtAt));
	const [line] = await listSheets(ctx, set, sheet.id);
	const of = new Map(scores.map((score) => [score.indicatorId, score]));
	return {
		...{ ...sheet, unit, unitPath },
		line: line!,
		items: items.map((item) => ({
			...item,
			score: of.get(item.id) ?? null,
			proofs: proofs.filter(({ indicatorId }) => indicatorId === item.id)
		})),
		may: {
			score: can(ctx.actor, 'indicator:score', unitPath) && sheet.state === 'open',
			verify: can(ctx.actor, 'indicator:verify', set.unitPath) && sheet.state === 'handed-in'
		}
	};
}

export type Sheet = Awaited<ReturnType<typeof getSheet>>;

/** Takes the row of a sheet for its unit to score, or for those above to verify. @throws not-found sheet.not-found */
export async function lockSheet(ctx: Context, sheetId: string, ability: 'indicator:score' | 'indicator:verify') {
	const [found] = await ctx.db
		.select({
			sheet: indicatorSheets,
			unitPath: units.path,
			year: indicatorSets.year,
			setPath: sql<string>`(select a.path::text from units a where a.id = ${indicatorSets.unitId})`,
			handedInBy: people.id
		})
		.from(indicatorSheets)
		.innerJoin(indicatorSets, eq(indicatorSets.id, indicatorSheets.setId))
		.innerJoin(units, eq(units.id, indicatorSheets.unitId))
		.leftJoin(people, eq(people.id, indicatorSheets.handedInBy))
		.where(eq(indicatorSheets.id, sheetId))
		.for('update', { of: indicatorSheets });
	demandWithin(ctx, ability, ability === 'indicator:verify' ? found?.setPath : found?.unitPath, 'sheet');
	if (!found) throw notFound('sheet');
	return { ...found.sheet, year: found.year, unitPath: found.unitPath, setPath: found.setPath };
}
