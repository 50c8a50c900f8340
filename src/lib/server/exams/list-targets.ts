import { asc, eq, sql } from 'drizzle-orm';
import { examTargets } from '#db/schema/exam-candidates.ts';
import { examPapers } from '#db/schema/exam-papers.ts';
import { examWindows } from '#db/schema/exams.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type { Context } from '../platform/context.ts';
import { candidatesNamed } from './candidates-named.ts';

export type Target = Awaited<ReturnType<typeof listTargets>>[number];

/** Whom a draft names, in the order in which they were named. People beyond `most` are only counted. */
export function listTargets({ db }: Context, examId: string, most = 200) {
	return db
		.select({
			position: examTargets.position,
			unit: units.name,
			person: people.name,
			staffNumber: people.staffNumber,
			personUnit: sql<string | null>`(select home.name from units home where home.id = ${people.unitId})`,
			subtree: examTargets.subtree,
			ranks: examTargets.ranks,
			levels: examTargets.levels
		})
		.from(examTargets)
		.leftJoin(units, eq(units.id, examTargets.unitId))
		.leftJoin(people, eq(people.id, examTargets.personId))
		.where(eq(examTargets.examId, examId))
		.orderBy(sql`${examTargets.personId} is not null`, asc(examTargets.position))
		.limit(most);
}

export interface NamedPreview {
	/** Everybody who would be due to sit, and those of them for whom there is no paper. */
	count: number;
	withoutPaper: number;
	papers: { paperId: string; name: string; count: number }[];
	sample: { personId: string; name: string; unit: string; paper: string | null }[];
	/** Named one by one. */
	targets: number;
}

/** Who would be a candidate if the exam were published now: how many, by paper, and some of them by name. */
export async function previewCandidates(ctx: Context, examId: string, sample = 12): Promise<NamedPreview> {
	const named = candidatesNamed(ctx, examId);
	const [counts, shown, targets] = await Promise.all([
		ctx.db.execute<{ paperId: string | null; name: string | null; count: number }>(sql`
			select named.paper_id as "paperId", ${examPapers.name}, count(*)::int as count
			from (${named}) named left join ${examPapers} on ${examPapers.id} = named.paper_id
			group by 1, 2, ${examPapers.position} order by ${examPapers.position}`),
		ctx.db.execute<NamedPreview['sample'][number]>(sql`
			select ${people.id} as "personId", ${people.name}, ${units.name} as unit, ${examPapers.name} as paper
			from (${named}) named join ${people} on ${people.id} = named.person_id join ${units} on ${units.id} = named.unit_id
			left join ${examPapers} on ${examPapers.id} = named.paper_id
			order by named.paper_id is not null, ${people.name} collate "zh-x-icu", ${people.id} limit ${sample}`),
		ctx.db.$count(examTargets, eq(examTargets.examId, examId))
	]);
	const papers = counts.rows.flatMap(({ paperId, name, count }) => (paperId && name ? [{ paperId, name, count }] : []));
	const count = counts.rows.reduce((sum, row) => sum + row.count, 0);
	return {
		count,
		withoutPaper: counts.rows.find(({ paperId }) => paperId === null)?.count ?? 0,
		papers,
		sample: shown.rows,
		targets
	};
}

/** Windows that single units have of their own. */
export const listWindows = ({ db }: Context, examId: string) =>
	db
		.select({
			unitId: examWindows.unitId,
			unit: units.name,
			opensAt: examWindows.opensAt,
			closesAt: examWindows.closesAt
		})
		.from(examWindows)
		.innerJoin(units, eq(units.id, examWindows.unitId))
		.where(eq(examWindows.examId, examId))
		.orderBy(asc(examWindows.opensAt), asc(units.path));
