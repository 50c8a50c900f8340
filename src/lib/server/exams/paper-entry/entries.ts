import { asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { examSections } from '#db/schema/exam-papers.ts';
import { examPaperEntries } from '#db/schema/paper-entries.ts';
import { people } from '#db/schema/people.ts';
import type { Context } from '../../platform/context.ts';

/** One entry of a paper that was sat on paper, with who made it. */
export type PaperEntry = typeof examPaperEntries.$inferSelect & { by: string };

/** The entries of attempts, the newest of each first. */
export async function readEntries({ db }: Context, attemptIds: string[]): Promise<Map<string, PaperEntry[]>> {
	if (attemptIds.length === 0) return new Map();
	const rows = await db
		.select({ entry: examPaperEntries, by: people.name })
		.from(examPaperEntries)
		.innerJoin(people, eq(people.id, examPaperEntries.enteredBy))
		.where(inArray(examPaperEntries.attemptId, attemptIds))
		.orderBy(examPaperEntries.attemptId, desc(examPaperEntries.number));
	return Map.groupBy(
		rows.map(({ entry, by }) => ({ ...entry, by })),
		({ attemptId }) => attemptId
	);
}

/** SQL: whether only the points of attempt `t` are known, and none of its answers. */
export const isByPoints: SQL<boolean> = sql<boolean>`coalesce((
	select e.way <> 'answers' from exam_paper_entries e where e.attempt_id = t.id order by e.number desc limit 1), false)`;

/** The attempts of an exam of which only the points are known. */
export async function listByPoints({ db }: Pick<Context, 'db'>, examId: string): Promise<Set<string>> {
	const { rows } = await db.execute<{ id: string }>(sql`
		select t.id from exam_attempts t
		where t.exam_id = ${examId} and t.submitted_by = 'examiner' and ${isByPoints}`);
	return new Set(rows.map(({ id }) => id));
}

/** What is known of a paper that was entered by its points: why, and those of its sections where the questions' are not known. */
export interface KnownByPoints {
	because: string;
	sections: { title: string; points: number }[] | null;
}

/** Of attempts, those of which only the points are known. */
export async function readByPoints(ctx: Context, attemptIds: string[]): Promise<Map<string, KnownByPoints>> {
	const known = new Map<string, KnownByPoints>();
	for (const [attemptId, [newest]] of await readEntries(ctx, attemptIds)) {
		if (!newest || newest.way === 'answers') continue;
		const { way, because, points } = newest;
		const sections = way === 'sections' ? await nameSections(ctx, points) : null;
		known.set(attemptId, { because: because ?? '', sections });
	}
	return known;
}

async function nameSections({ db }: Context, points: Record<string, number>) {
	const rows = await db
		.select({ id: examSections.id, title: examSections.title })
		.from(examSections)
		.where(inArray(examSections.id, Object.keys(points)))
		.orderBy(asc(examSections.position));
	return rows.map(({ id, title }) => ({ title, points: points[id]! }));
}
