import { and, eq, inArray } from 'drizzle-orm';
import type * as v from 'valibot';
import { examCandidates, examTargets } from '#db/schema/exam-candidates.ts';
import type * as schemas from '#lib/schemas/exam-candidates.ts';
import { record } from '../audit/record.ts';
import { getPerson } from '../people/queries.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { type AddedPeople, addRows } from './add-targets.ts';
import { enterCandidates } from './publish-exam.ts';
import { lockExam } from './queries.ts';
import { readStaffNumbers } from './read-staff-numbers.ts';

/**
 * Lets more people sit a published exam: they become candidates at once, are told, and get their papers.
 * @throws conflict exam.not-published | exam.closed | exam.no-paper, not-found exam.not-found | person.not-found
 */
export function addCandidates(ctx: SignedIn, input: v.InferOutput<typeof schemas.addCandidates>): Promise<AddedPeople> {
	return atomically(ctx, async (ctx) => {
		const exam = await lockExam(ctx, input.examId);
		if (exam.state !== 'published') throw conflict('exam.not-published');
		if (exam.closesAt <= ctx.now) throw conflict('exam.closed');
		for (const personId of input.personIds) await getPerson(ctx, personId, 'exam:edit');

		const listed = await readStaffNumbers(ctx, input.staffNumbers);
		const wanted = [...new Set([...input.personIds, ...listed.people.map(({ personId }) => personId)])];
		const sitting = await known(ctx, exam.id, wanted);
		const personIds = wanted.filter((id) => !sitting.has(id));
		const again = listed.people
			.filter(({ personId }) => sitting.has(personId))
			.map(({ line, typed }) => ({ line, typed, reason: 'already' as const }));
		const refused = [...listed.refused, ...again].sort((a, b) => a.line - b.line);
		if (personIds.length === 0) return { added: 0, refused };

		const named = await namedAlready(ctx, exam.id, personIds);
		await addRows(
			ctx,
			exam.id,
			personIds.filter((id) => !named.has(id)).map((personId) => ({ personId }))
		);
		const added = await enterCandidates(ctx, exam, personIds);
		await record(ctx, 'exam.candidates-added', exam.id, { people: added });
		return { added, refused };
	});
}

async function known({ db }: SignedIn, examId: string, personIds: string[]): Promise<Set<string>> {
	const rows = await db
		.select({ personId: examCandidates.personId })
		.from(examCandidates)
		.where(and(eq(examCandidates.examId, examId), inArray(examCandidates.personId, personIds)));
	return new Set(rows.map(({ personId }) => personId));
}

async function namedAlready({ db }: SignedIn, examId: string, personIds: string[]): Promise<Set<string | null>> {
	const rows = await db
		.select({ personId: examTargets.personId })
		.from(examTargets)
		.where(and(eq(examTargets.examId, examId), inArray(examTargets.personId, personIds)));
	return new Set(rows.map(({ personId }) => personId));
}
