import type * as v from 'valibot';
import { examPapers } from '#db/schema/exam-papers.ts';
import { exams } from '#db/schema/exams.ts';
import type * as schemas from '#lib/schemas/exams.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { instantAt } from '../platform/dates.ts';
import { newId } from '../platform/ids.ts';
import { getUnit } from '../units/queries.ts';

/** Whatever somebody sits as often as they like may be sat as often as the database takes. */
const mockAttempts = 20;

/**
 * Begins the draft of an exam on behalf of a unit, with one paper that has no sections yet. A mock exam is sat any number of
 * times, and shows its answers at once.
 * @param paperName what the first paper is called
 * @returns id of the draft
 * @throws not-found unit.not-found
 */
export function createExam(
	ctx: SignedIn,
	{ opensAt, closesAt, ...input }: v.InferOutput<typeof schemas.createExam>,
	paperName = 'A卷'
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		await getUnit(ctx, input.unitId, 'exam:edit');
		const id = newId();
		const mock = {
			attempts: mockAttempts,
			reviewNow: 'explanations',
			reviewAfterAttempt: 'explanations',
			reviewAfterClose: 'explanations'
		} as const;
		await ctx.db.insert(exams).values({
			id,
			...input,
			...(input.kind === 'mock' ? mock : {}),
			opensAt: instantAt(opensAt),
			closesAt: instantAt(closesAt),
			createdBy: ctx.actor.personId,
			createdAt: ctx.now
		});
		await ctx.db.insert(examPapers).values({ id: newId(), examId: id, position: 1, name: paperName });
		await record(ctx, 'exam.created', id, { unitId: input.unitId, kind: input.kind });
		return id;
	});
}
