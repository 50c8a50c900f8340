import { and, eq, inArray, sql } from 'drizzle-orm';
import { examCandidates, examTargets } from '#db/schema/exam-candidates.ts';
import { examPapers, examSectionQuestions, examSections } from '#db/schema/exam-papers.ts';
import { exams } from '#db/schema/exams.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { type Exam, listPapers, lockExam } from './queries.ts';

/** When the make-up exam can be sat; everything else is taken over and can still be changed in the draft. */
export interface MakeUp {
	examId: string;
	title: string;
	opensAt: Date;
	closesAt: Date;
}

/**
 * Sets up a make-up exam (补考): the same blueprint and rules, for those who were absent or failed. On a promotion everybody has one
 * make-up: whoever was to sit one is not let sit another.
 * @returns id of the draft
 * @throws conflict exam.not-closed | exam.nobody | exam.one-make-up | exam.is-mock, not-found exam.not-found
 */
export function createMakeUp(ctx: SignedIn, { examId, ...over }: MakeUp): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const exam = await lockExam(ctx, examId);
		if (exam.kind === 'mock') throw conflict('exam.is-mock');
		if (exam.state !== 'released' && (exam.state !== 'published' || ctx.now < exam.closesAt))
			throw conflict('exam.not-closed');
		const unsuccessful = await listUnsuccessful(ctx, examId);
		if (unsuccessful.length === 0) throw conflict('exam.nobody');
		const people = onPromotion.includes(exam.purpose) ? await withoutMakeUp(ctx, exam, unsuccessful) : unsuccessful;
		if (people.length === 0) throw conflict('exam.one-make-up');

		const id = await copyExam(ctx, exam, { ...over, kind: 'make-up', makeUpOfId: examId });
		for (let from = 0; from < people.length; from += 1_000) {
			const batch = people.slice(from, from + 1_000);
			await ctx.db
				.insert(examTargets)
				.values(batch.map(({ personId }, index) => ({ examId: id, position: from + index + 1, personId })));
		}
		await record(ctx, 'exam.make-up-created', id, { examId, candidates: people.length });
		return id;
	});
}

const listUnsuccessful = ({ db }: SignedIn, examId: string) =>
	db
		.select({ personId: examCandidates.personId })
		.from(examCandidates)
		.where(
			and(
				eq(examCandidates.examId, examId),
				eq(examCandidates.status, 'due'),
				inArray(examCandidates.outcome, ['absent', 'failed'])
			)
		)
		.orderBy(examCandidates.personId);

/** Exams that a promotion asks for. */
const onPromotion: Exam['purpose'][] = ['pre-appointment', 'post-appointment'];

/** Those who were not named in a make-up of the same exam yet; of a make-up itself nobody is left. */
async function withoutMakeUp({ db }: SignedIn, { id, makeUpOfId }: Exam, people: { personId: string }[]) {
	if (makeUpOfId) return [];
	const { rows } = await db.execute<{ personId: string }>(sql`
		select t.person_id as "personId" from ${examTargets} t join ${exams} e on e.id = t.exam_id
		where e.make_up_of_id = ${id} and e.state <> 'cancelled' and t.person_id is not null`);
	const had = new Set(rows.map(({ personId }) => personId));
	return people.filter(({ personId }) => !had.has(personId));
}

/** A draft with the rules and the blueprint of another exam, without its candidates. In the caller's transaction. @returns its id */
export async function copyExam(ctx: SignedIn, exam: Exam, over: Partial<Exam>): Promise<string> {
	const id = newId();
	await ctx.db.insert(exams).values({
		...exam,
		kind: exam.kind === 'make-up' ? 'exam' : exam.kind,
		makeUpOfId: null,
		...over,
		id,
		state: 'draft',
		version: 1,
		publishedAt: null,
		releasedAt: null,
		cancelledAt: null,
		cancelledBecause: null,
		createdBy: ctx.actor.personId,
		createdAt: ctx.now
	});
	for (const { sections, ...paper } of await listPapers(ctx, exam.id)) {
		const paperId = newId();
		await ctx.db.insert(examPapers).values({ ...paper, id: paperId, examId: id });
		for (const section of sections) {
			const sectionId = newId();
			await ctx.db.insert(examSections).values({ ...section, id: sectionId, paperId });
			const fixed = await ctx.db
				.select()
				.from(examSectionQuestions)
				.where(eq(examSectionQuestions.sectionId, section.id));
			if (fixed.length > 0)
				await ctx.db.insert(examSectionQuestions).values(fixed.map((each) => ({ ...each, sectionId })));
		}
	}
	return id;
}
