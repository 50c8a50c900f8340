import { sql } from 'drizzle-orm';
import type { Band } from '#lib/schemas/assessments.ts';
import { recordAll } from '../audit/record.ts';
import { batchesOf } from '../platform/batches.ts';
import type { Context } from '../platform/context.ts';
import { env } from '../platform/env.ts';
import { idList } from '../platform/id-list.ts';
import { factsOf } from './facts-in-sql.ts';
import type { Inputs } from './inputs.ts';
import { findScheme } from './schemes/read-scheme.ts';
import { assess } from './score-rule.ts';

type Settled = { examId: string; personIds: readonly string[] };
type Cycle = { id: string; year: number; until: string };

/** What a result takes over from its exams when their points are corrected; everything else stays as it was drafted. */
const ofExams = ['exams', 'absences', 'failures', 'failuresAfterMakeUp', 'passesByMakeUp'] as const;

/**
 * Results that are not signed yet follow an exam that they rest on, when its points or outcomes are corrected after they were
 * drafted: a mended key, an appeal, an answer admitted late. Those that somebody has adjusted keep what was decided, on a draft
 * that follows; the page of the key lists them. Signed ones are only amended.
 */
export async function followExam(ctx: Context, { examId, personIds }: Settled): Promise<void> {
	for (const cycle of await lockRunning(ctx, examId))
		for (const people of batchesOf(personIds)) await followIn(ctx, cycle, { examId, personIds: people });
}

/** The running cycles of the years in which a released exam was sat, kept from going on meanwhile. What is being drafted sees the correction. */
async function lockRunning({ db }: Context, examId: string): Promise<Cycle[]> {
	const { rows } = await db.execute<Cycle>(sql`
		select id, year, until from assessment_cycles
		where state in ('drafting', 'drafted', 'unit-review', 'hr-review', 'published') and year in (
			select extract(year from c.closes_at at time zone ${env.MINGFA_TIMEZONE}) from exam_candidates c join exams e on e.id = c.exam_id
			where e.id = ${examId} and e.state = 'released' and e.kind <> 'mock')
		order by id for share`);
	return rows;
}

type Row = {
	id: string;
	schemeId: string;
	inputs: Inputs;
	fresh: Inputs;
	draftScore: number;
	draftBand: Band;
};

async function followIn(ctx: Context, cycle: Cycle, { examId, personIds }: Settled): Promise<void> {
	const { db } = ctx;
	const unitIds = sql`select unit_id from assessment_results where cycle_id = ${cycle.id} and person_id in ${idList(personIds)}`;
	const { rows } = await db.execute<Row>(sql`
		with ${factsOf({ ...cycle, unitIds, personIds })}
		select r.id, r.scheme_id as "schemeId", r.inputs, f.inputs as fresh, r.draft_score::float8 as "draftScore", r.draft_band as "draftBand"
		from assessment_results r join facts f on f.person_id = r.person_id
		where r.cycle_id = ${cycle.id} and r.inputs -> 'exams' @> jsonb_build_array(jsonb_build_object('examId', ${examId}::text))`);

	const followed = [];
	for (const [schemeId, ofScheme] of Map.groupBy(rows, (row) => row.schemeId)) {
		const { rule } = (await findScheme(ctx, schemeId))!;
		for (const { id, inputs, fresh, draftScore, draftBand } of ofScheme) {
			const next = { ...inputs, ...Object.fromEntries(ofExams.map((key) => [key, fresh[key]])) } as Inputs;
			const outcome = assess(next, rule);
			if (!outcome || ofExams.every((key) => JSON.stringify(inputs[key]) === JSON.stringify(next[key]))) continue;
			followed.push({ ...outcome, id, inputs: next, score: outcome.score / 100, from: [draftScore, draftBand] });
		}
	}
	if (followed.length === 0) return;
	await db.execute(sql`
		update assessment_results r set inputs = n.inputs, parts = n.parts, limits = array(select jsonb_array_elements_text(n.limits)),
			draft_score = n.score, draft_band = n.band, drafted_at = ${ctx.now},
			score = case when changed.by_hand then r.score else n.score end, band = case when changed.by_hand then r.band else n.band end
		from jsonb_to_recordset(${JSON.stringify(followed)}::jsonb) as n (id uuid, inputs jsonb, parts jsonb, limits jsonb, score numeric, band assessment_band)
		cross join lateral (select exists (select 1 from assessment_adjustments a where a.result_id = n.id) as by_hand) changed
		where r.id = n.id`);
	await recordAll(
		ctx,
		'result.followed',
		followed.map(({ id, from, score, band }) => ({ subjectId: id, details: { examId, from, to: [score, band] } }))
	);
}
