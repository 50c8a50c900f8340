import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examSections } from '#db/schema/exam-papers.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { units } from '#db/schema/units.ts';
import type { SignedIn } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { isFinished, ownStanding } from './own-standing.ts';
import { isClosed, reviewLevel } from './review-level.ts';
import { deadlineOf, isOver } from './sitting-time.ts';

/** The actor's candidacy in an exam that has been published. @throws not-found exam.not-found */
export async function getOwnCandidacy({ db, actor }: SignedIn, examId: string) {
	const [found] = isId(examId)
		? await db
				.select({ exam: exams, candidate: examCandidates, unitName: units.name })
				.from(examCandidates)
				.innerJoin(exams, eq(exams.id, examCandidates.examId))
				.innerJoin(units, eq(units.id, exams.unitId))
				.where(and(eq(exams.id, examId), eq(examCandidates.personId, actor.personId)))
		: [];
	if (!found || found.exam.state === 'draft') throw notFound('exam');
	return found;
}

/**
 * An exam as its candidate may know it: the rules, the own time with everything granted, the parts of the own paper without
 * its questions, and the own attempts with as much of their results as may be seen.
 * @throws not-found exam.not-found
 */
export async function readOwnExam(ctx: SignedIn, examId: string) {
	const { exam, candidate, unitName } = await getOwnCandidacy(ctx, examId);
	const [attempts, sections, closed] = await Promise.all([
		listAttempts(ctx, examId),
		listSections(ctx, candidate.paperId),
		isClosed(ctx, exam)
	]);
	const latest = attempts[0];
	const { state: standing, until } = ownStanding(ctx.now, { exam, candidate, attempts });
	const stage = { finished: isFinished(standing), closed };
	const startingAt = new Date(Math.max(ctx.now.getTime(), candidate.opensAt.getTime()));
	return {
		id: exam.id,
		title: exam.title,
		kind: exam.kind,
		unitName,
		instructions: exam.instructions,
		cancelledBecause: exam.cancelledBecause,
		minutes: exam.minutes,
		attemptsAllowed: exam.attempts,
		counting: exam.counting,
		waitMinutes: exam.waitMinutes,
		entryMinutes: exam.entryMinutes,
		passMark: exam.passMark,
		excellentMark: exam.excellentMark,
		multipleScoring: exam.multipleScoring,
		closedBook: exam.closedBook,
		oneDevice: exam.oneDevice,
		onSite: exam.onSite,
		hasPlaces: exam.addressRanges.length > 0,
		needsCode: exam.accessCode !== null,
		reviewNow: exam.reviewNow,
		reviewAfterAttempt: exam.reviewAfterAttempt,
		reviewAfterClose: exam.reviewAfterClose,
		own: {
			opensAt: candidate.opensAt,
			closesAt: new Date(candidate.closesAt.getTime() + candidate.extraMinutes * 60_000),
			extraMinutes: candidate.extraMinutes,
			pauseMinutes: candidate.pauseMinutes,
			accommodatedBecause: candidate.accommodatedBecause,
			exemptBecause: candidate.exemptBecause,
			seat: candidate.seat,
			endsAt: deadlineOf(startingAt, { ...candidate, minutes: exam.minutes })
		},
		standing,
		until: until ?? null,
		questions: latest?.questions ?? null,
		total: latest?.total ?? null,
		sections,
		open: openOf(ctx.now, attempts),
		attempts: attempts.flatMap(({ id, number, state, total, score, submittedAt, submittedBy, voidedBecause }) => {
			const level = reviewLevel(exam, state, stage);
			const seen = level === 'nothing' ? null : score;
			return submittedAt ? [{ id, number, total, score: seen, level, submittedAt, submittedBy, voidedBecause }] : [];
		}),
		now: ctx.now
	};
}

export type OwnExamPage = Awaited<ReturnType<typeof readOwnExam>>;

/** The paper that is open; over where it only waits to be handed in by itself. */
function openOf(now: Date, attempts: Awaited<ReturnType<typeof listAttempts>>) {
	const open = attempts.find(({ state }) => state === 'open');
	if (!open) return null;
	const { startedAt, deadlineAt, pausedAt } = open;
	return { startedAt: startedAt!, deadlineAt: deadlineAt!, pausedAt, isOver: !pausedAt && isOver(now, deadlineAt!) };
}

function listAttempts({ db, actor }: SignedIn, examId: string) {
	return db
		.select({
			id: examAttempts.id,
			number: examAttempts.number,
			state: examAttempts.state,
			total: examAttempts.total,
			score: examAttempts.score,
			startedAt: examAttempts.startedAt,
			deadlineAt: examAttempts.deadlineAt,
			pausedAt: examAttempts.pausedAt,
			submittedAt: examAttempts.submittedAt,
			submittedBy: examAttempts.submittedBy,
			voidedBecause: examAttempts.voidedBecause,
			questions: sql<number>`(select count(*)::int from ${examAnswers} where ${examAnswers.attemptId} = ${examAttempts.id})`
		})
		.from(examAttempts)
		.where(and(eq(examAttempts.examId, examId), eq(examAttempts.personId, actor.personId)))
		.orderBy(desc(examAttempts.number));
}

function listSections({ db }: SignedIn, paperId: string) {
	return db
		.select({
			id: examSections.id,
			title: examSections.title,
			kind: examSections.kind,
			count: examSections.count,
			points: examSections.points
		})
		.from(examSections)
		.where(eq(examSections.paperId, paperId))
		.orderBy(asc(examSections.position));
}
