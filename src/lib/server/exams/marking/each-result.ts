import { asc, inArray, and, eq } from 'drizzle-orm';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import type { Context } from '../../platform/context.ts';
import type { Page } from '../../platform/keyset.ts';
import { type CandidateLine, listCandidates, type Listing } from '../list-candidates.ts';

/** A paper of a candidate: what it came to, and of how much. */
export type PaperOf = Pick<typeof examAttempts.$inferSelect, 'number' | 'state' | 'score' | 'total' | 'submittedAt'>;

/** A candidate's result with the papers behind it, voided ones too, in order. */
export interface ResultLine extends CandidateLine {
	papers: PaperOf[];
}

/** Every result that a listing finds, in its order, a batch at a time. Papers are there for whoever may see scores. */
export async function* eachResult(ctx: Context, examId: string, listing: Listing): AsyncGenerator<ResultLine> {
	for (let after: string | null = null, first = true; first || after; first = false) {
		const page: Page<CandidateLine> = await listCandidates(ctx, examId, { ...listing, after, before: null }, 500);
		const papers = listing.scores ? await papersOf(ctx, examId, page.rows) : new Map<string, PaperOf[]>();
		for (const line of page.rows) yield { ...line, papers: papers.get(line.personId) ?? [] };
		after = page.next;
	}
}

async function papersOf({ db }: Context, examId: string, lines: CandidateLine[]): Promise<Map<string, PaperOf[]>> {
	const people = lines.map(({ personId }) => personId);
	const rows = await db
		.select({
			personId: examAttempts.personId,
			number: examAttempts.number,
			state: examAttempts.state,
			score: examAttempts.score,
			total: examAttempts.total,
			submittedAt: examAttempts.submittedAt
		})
		.from(examAttempts)
		.where(
			and(
				eq(examAttempts.examId, examId),
				inArray(examAttempts.personId, people),
				inArray(examAttempts.state, ['open', 'submitted', 'marked', 'released', 'voided'])
			)
		)
		.orderBy(asc(examAttempts.number));
	return Map.groupBy(rows, ({ personId }) => personId);
}

/** The share of the points that a candidate's score is, by the paper whose total it is of; null without a score. */
export function shareOf({ score, papers }: Pick<ResultLine, 'score' | 'papers'>): number | null {
	const standing = papers.filter(({ state, score }) => state !== 'voided' && score !== null);
	const counting = standing.find((paper) => paper.score === score) ?? standing[0];
	return score === null || !counting ? null : score / counting.total;
}
