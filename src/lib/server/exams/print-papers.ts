import { asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../access/scope.ts';
import type { SignedIn } from '../platform/context.ts';
import { forbidden, notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import { noteLook, type PaperView, show } from './paper-view.ts';
import { type Exam, listPapers } from './queries.ts';
import { readExam } from './read-exam.ts';

/** A paper with whose it is, for handing out on site. */
export interface PrintedPaper {
	paper: PaperView;
	candidate: { name: string; staffNumber: string; unit: string; seat: string | null };
}

/** Papers printed at once. */
export const papersAtOnce = 20;

/**
 * The paper that lies ready for a candidate within reach, for printing: whole, since it is to be handed out.
 * @throws forbidden access.forbidden, not-found exam.not-found | candidate.not-found
 */
export async function paperOfCandidate(
	ctx: SignedIn,
	{ examId, personId }: { examId: string; personId: string }
): Promise<PrintedPaper & { exam: Exam }> {
	const exam = await getPrintable(ctx, examId);
	const condition = sql`${examCandidates.personId} = ${personId}`;
	const [printed] = isId(personId) ? await readPapers(ctx, exam, { condition }) : [];
	if (!printed) throw notFound('candidate');
	return { exam, ...printed };
}

/**
 * The papers of those who are due to sit, in the order of their seats, so many at once.
 * @param from how many were printed before
 * @throws forbidden access.forbidden, not-found exam.not-found
 */
export async function papersBySeat(
	ctx: SignedIn,
	{ examId, from }: { examId: string; from: number }
): Promise<{ exam: Exam; papers: PrintedPaper[] }> {
	const exam = await getPrintable(ctx, examId);
	return { exam, papers: await readPapers(ctx, exam, { condition: sql`${examCandidates.status} = 'due'`, from }) };
}

async function getPrintable(ctx: SignedIn, examId: string): Promise<Exam> {
	const { exam, may } = await readExam(ctx, examId);
	if (!may.questions || !may.edit) throw forbidden();
	return exam;
}

/** The latest papers that stand, by seat; each is put on record. */
async function readPapers(
	ctx: SignedIn,
	exam: Exam,
	{ condition, from = 0 }: { condition: SQL; from?: number }
): Promise<PrintedPaper[]> {
	const found = await ctx.db
		.select({
			attemptId: examAttempts.id,
			paperId: examAttempts.paperId,
			personId: people.id,
			name: people.name,
			staffNumber: people.staffNumber,
			unit: units.name,
			seat: examCandidates.seat
		})
		.from(examCandidates)
		.innerJoin(
			examAttempts,
			sql`${examAttempts.id} = (
				select t.id from exam_attempts t
				where t.exam_id = ${examCandidates.examId} and t.person_id = ${examCandidates.personId} and t.state <> 'voided'
				order by t.number desc limit 1)`
		)
		.innerJoin(people, eq(people.id, examCandidates.personId))
		.innerJoin(units, eq(units.id, examAttempts.unitId))
		.where(
			sql`${examCandidates.examId} = ${exam.id} and ${condition} and ${within(ctx.actor, 'exam:edit', units.path)}`
		)
		.orderBy(sql`length(${examCandidates.seat}), ${examCandidates.seat}, ${people.staffNumber}`)
		.offset(from)
		.limit(papersAtOnce);
	const papers = await listPapers(ctx, exam.id);
	const slots = await ctx.db
		.select()
		.from(examAnswers)
		.where(
			inArray(
				examAnswers.attemptId,
				found.map(({ attemptId }) => attemptId)
			)
		)
		.orderBy(asc(examAnswers.slot));
	const slotsOf = Map.groupBy(slots, ({ attemptId }) => attemptId);
	const printed: PrintedPaper[] = [];
	for (const { attemptId, paperId, personId, ...candidate } of found) {
		const own = slotsOf.get(attemptId) ?? [];
		const blueprint = papers.find(({ id }) => id === paperId)!;
		printed.push({ paper: await show(ctx, blueprint, own), candidate });
		await noteLook(ctx, 'exam.paper-printed', exam.id, { personId }, own);
	}
	return printed;
}
