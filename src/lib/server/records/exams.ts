import { sql } from 'drizzle-orm';
import { listOwnExams } from '../exams/sitting/list-own-exams.ts';
import type { SignedIn } from '../platform/context.ts';
import { iso } from '../platform/iso.ts';
import { unitOfDay } from './unit-of-day.ts';

type Sat = { examId: string; id: string; number: number; submittedAt: string };

/** Exams that are over for the person, the latest first, as far as the exam lets them see its result; with the papers that they handed in. */
export async function listExams(owner: SignedIn) {
	const [exams, sat, units] = await Promise.all([listOwnExams(owner), listSat(owner), readUnits(owner)]);
	const papers = Map.groupBy(sat, ({ examId }) => examId);
	return exams
		.filter(({ kind, standing }) => kind !== 'mock' && over.has(standing))
		.map(({ id, title, kind, standing, opensAt, submittedAt, score, outcome, excellent }) => ({
			...{ id, title, kind, standing, submittedAt, score, outcome, excellent },
			on: submittedAt ?? opensAt,
			unit: units.get(id) ?? null,
			papers: (papers.get(id) ?? []).map(({ id, number, submittedAt }) => ({ id, number, submittedAt }))
		}))
		.toSorted((a, b) => b.on.getTime() - a.on.getTime());
}

export type ExamLine = Awaited<ReturnType<typeof listExams>>[number];

const over = new Set(['handed-in', 'missed', 'exempt', 'cancelled', 'entry-closed']);

async function listSat({ db, actor }: SignedIn): Promise<Sat[]> {
	const { rows } = await db.execute<Sat>(sql`
		select exam_id as "examId", id, number, ${iso(sql`submitted_at`)} as "submittedAt" from exam_attempts
		where person_id = ${actor.personId} and submitted_at is not null order by exam_id, number`);
	return rows;
}

async function readUnits({ db, actor }: SignedIn): Promise<Map<string, string | null>> {
	const { rows } = await db.execute<{ id: string; unit: string | null }>(sql`
		select c.exam_id as id, ${unitOfDay(sql`c.unit_id`, sql`c.opens_at`)} as unit from exam_candidates c where c.person_id = ${actor.personId}`);
	return new Map(rows.map(({ id, unit }) => [id, unit]));
}
