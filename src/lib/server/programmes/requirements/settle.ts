import { type SQL, sql } from 'drizzle-orm';
import { announce } from '../../platform/announce.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { askAnew } from './ask-anew.ts';
import { evidenceOf, judgedOf, type RequirementKind } from './evidence.ts';

const kinds: RequirementKind[] = ['course', 'exam', 'event', 'hours', 'electives'];

/**
 * Brings what programmes ask of people in line with the evidence, in the caller's transaction: closes what is met, opens what is
 * met no more (a voided exam, a reversed entry), names the evidence. Only what is withdrawn stays as it is. Whoever has done what
 * they were exempt from has done it. Courses that are asked again are open to them again. @param asked the kinds that a fact can touch; all of them by default
 */
export function settle(ctx: Context, personIds: readonly string[], asked: RequirementKind[] = kinds): Promise<void> {
	if (personIds.length === 0) return Promise.resolve();
	return settleWhere(ctx, sql`o.person_id = any(${sql.param(personIds)}::uuid[])`, asked);
}

/** The same for the obligations that a condition on the row `o` names. */
export function settleWhere(ctx: Context, scope: SQL, asked: RequirementKind[] = kinds): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { rows } = await ctx.db.execute<{ kind: RequirementKind }>(sql`
			select distinct o.kind from obligations o where ${scope} and o.requirement_id is not null and o.withdrawn_at is null`);
		const touched: { unitId: string; year: number }[] = [];
		for (const { kind } of rows) if (asked.includes(kind)) touched.push(...(await settleKind(ctx, kind, scope)));
		if (rows.some(({ kind }) => asked.includes(kind) && (kind === 'course' || kind === 'electives')))
			await askAnew(ctx, scope);
		if (touched.length > 0) await announce(ctx, 'obligations.changed', { units: touched });
	});
}

async function settleKind({ db }: Context, kind: RequirementKind, scope: SQL) {
	const { rows } = await db.execute<{ unitId: string; year: number }>(sql`
		with judged as materialized (${judgedOf(kind, scope)}),
		chosen as (
			select distinct on (found.id) found.* from (${evidenceOf[kind]}) found
			order by found.id, found.at, found.equivalent_id nulls first, found.completion_id, found.evidence_exam_id, found.evidence_event_id),
		changed as (
			update obligations o set completed_at = e.at, completion_id = e.completion_id, evidence_exam_id = e.evidence_exam_id, evidence_event_id = e.evidence_event_id,
				evidence_hours = e.evidence_hours, equivalent_id = e.equivalent_id,
				exempt_at = case when e.id is null then o.exempt_at end, exemption_id = case when e.id is null then o.exemption_id end
			from judged j left join chosen e on e.id = j.id
			where o.id = j.id and (e.id is not null or j.completed_at is not null)
				and (j.completed_at, j.completion_id, j.evidence_exam_id, j.evidence_event_id, j.evidence_hours, j.equivalent_id)
					is distinct from (e.at, e.completion_id, e.evidence_exam_id, e.evidence_event_id, e.evidence_hours, e.equivalent_id)
			returning o.unit_id, o.due_on)
		select distinct unit_id as "unitId", extract(year from due_on)::int as year from changed where unit_id is not null`);
	return rows;
}
