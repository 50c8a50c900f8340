import { type SQL, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { exams } from '#db/schema/exams.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/exams.ts';
import { demand, within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { iso } from '../platform/iso.ts';
import { type Order, type Page, readPage, turned } from '../platform/keyset.ts';
import { type Exam, visible } from './queries.ts';

export type Standing = (typeof schemas.examStandings)[number];

export type ExamLine = {
	id: string;
	title: string;
	kind: Exam['kind'];
	standing: Standing;
	unit: string;
	/** ISO text. */
	opensAt: string;
	closesAt: string;
	minutes: number;
	/** Candidates within reach. */
	due: number;
	exempt: number;
	sat: number;
};

type Filter = Partial<v.InferOutput<typeof schemas.examList>>;

const size = 25;

const byOpening: Order = { key: exams.opensAt, id: exams.id, type: 'timestamptz' };
const byTitle: Order = { key: sql`${exams.title} collate "zh-x-icu"`, id: exams.id, type: 'text' };
const orders: Record<NonNullable<Filter['sort']>, Order> = {
	opens: byOpening,
	'-opens': { ...byOpening, descending: true },
	title: byTitle,
	'-title': { ...byTitle, descending: true }
};

/** Where an exam stands at an instant: a published one is ahead, running, or closed and waits for its release. */
export const standingAt = (now: Date): SQL<Standing> => sql`case
	when ${exams.state} <> 'published' then ${exams.state}::text
	when ${now} < ${exams.opensAt} then 'ahead'
	when ${now} < ${exams.closesAt} then 'running'
	else 'closed' end`;

/** Exams within reach, those that open last first. @param q part of the title */
export function listExams(ctx: Context, filter: Filter = {}): Promise<Page<ExamLine>> {
	demand(ctx, 'exam:view');
	const { q = '', standing, kind, sort = '-opens', after, before } = filter;
	const order = orders[sort];
	const hit = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
	return readPage<ExamLine & { key: string }>(
		{ after, before },
		{
			size,
			keyOf: ({ key, id }) => [key, id],
			read: async (turn) => {
				const { where, rest } = turned(order, turn);
				const { rows } = await ctx.db.execute<ExamLine & { key: string }>(sql`
					select ${exams.id}, (${order.key})::text as key, ${exams.title}, ${exams.kind}, ${standingAt(ctx.now)} as standing, owner.name as unit,
						${iso(exams.opensAt)} as "opensAt", ${iso(exams.closesAt)} as "closesAt", ${exams.minutes}, counts.*
					from ${exams} join units owner on owner.id = ${exams.unitId}
					cross join lateral (
						select count(*) filter (where ${examCandidates.status} = 'due')::int as due,
							count(*) filter (where ${examCandidates.status} = 'exempt')::int as exempt,
							count(*) filter (where ${hasSat})::int as sat
						from ${examCandidates} join ${units} on ${units.id} = ${examCandidates.unitId}
						where ${examCandidates.examId} = ${exams.id} and ${within(ctx.actor, 'exam:view', units.path)}) counts
					where ${visible(ctx)} and ${where}
						and ${q ? sql`${exams.title} ilike ${hit}` : sql`true`}
						and ${kind ? sql`${exams.kind} = ${kind}` : sql`true`}
						and ${standing ? sql`${standingAt(ctx.now)} = ${standing}` : sql`true`}
					${rest}`);
				return rows;
			}
		}
	);
}

/** 实考: whether a candidate has handed in a paper that stands. */
export const hasSat: SQL = sql`exists (
	select 1 from exam_attempts t where t.exam_id = ${examCandidates.examId} and t.person_id = ${examCandidates.personId}
		and t.state in ('submitted', 'marked', 'released'))`;
