import { isDeepStrictEqual } from 'node:util';
import { eq, sql } from 'drizzle-orm';
import { auditEntries } from '#db/schema/audit.ts';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { questionVersions } from '#db/schema/questions.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { type AskedSlot, statedAnswer } from './random-answer.ts';
import { recompute } from './recompute.ts';
import type { VirtualCandidate } from './virtual-candidate.ts';

/** Everything that is wrong with what the storm has left; nothing where every promise was kept. */
export async function examine(
	ctx: Context,
	examId: string,
	seats: { attempt: string; slots: AskedSlot[]; candidate: VirtualCandidate }[]
): Promise<string[]> {
	const wrong: string[] = seats.flatMap(({ candidate }) => candidate.surprises);
	const attempts = await ctx.db.select().from(examAttempts).where(eq(examAttempts.examId, examId));
	const started = attempts.filter(({ state }) => state !== 'prepared');
	if (started.length !== seats.length) wrong.push(`${started.length} papers of ${seats.length} candidates`);
	const lines = await linesPerAttempt(ctx);
	const scores = new Map(
		(await ctx.db.select().from(examCandidates).where(eq(examCandidates.examId, examId))).map((one) => [
			one.personId,
			one.score
		])
	);

	for (const { attempt: id, slots, candidate } of seats) {
		const attempt = attempts.find((one) => one.id === id);
		if (attempt?.state !== 'marked') wrong.push(`${id} is ${attempt?.state ?? 'lost'}`);
		for (const action of ['attempt.submitted', 'attempt.marked'])
			if (lines.get(`${id} ${action}`) !== 1) wrong.push(`${id}: ${lines.get(`${id} ${action}`) ?? 0} lines ${action}`);

		const rows = await ctx.db
			.select({ answer: examAnswers, content: questionVersions.content })
			.from(examAnswers)
			.innerJoin(questionVersions, eq(questionVersions.id, examAnswers.questionVersionId))
			.where(eq(examAnswers.attemptId, id));
		let sum = 0;
		for (const { answer, content } of rows) {
			const { slot, revision, response, points, score } = answer;
			const known = candidate.known.get(slot)!;
			const asked = slots.find((one) => one.slot === slot)!;
			const sent = known.sent.get(revision);
			if (revision < known.acknowledged)
				wrong.push(`${id}/${slot}: revision ${known.acknowledged} was acknowledged, ${revision} is there`);
			if (known.forbidden.has(revision)) wrong.push(`${id}/${slot}: an answer that may not count is there`);
			else if (!sent || !isDeepStrictEqual(response, statedAnswer(sent, asked)))
				wrong.push(`${id}/${slot}: not what was sent`);
			const right = recompute(content, response, points);
			if (score !== right) wrong.push(`${id}/${slot}: scored ${score}, not ${right}`);
			sum += right;
		}
		const total = Math.round(sum * 100) / 100;
		if (attempt?.score !== total) wrong.push(`${id}: ${attempt?.score} points, not ${total}`);
		if (attempt && scores.get(attempt.personId) !== total) wrong.push(`${id}: the candidate has another score`);
	}
	return wrong;
}

async function linesPerAttempt({ db }: Context): Promise<Map<string, number>> {
	const rows = await db
		.select({ subjectId: auditEntries.subjectId, action: auditEntries.action, count: sql<number>`count(*)::int` })
		.from(auditEntries)
		.where(sql`${auditEntries.action} like 'attempt.%'`)
		.groupBy(auditEntries.subjectId, auditEntries.action);
	return new Map(rows.map(({ subjectId, action, count }) => [`${subjectId} ${action}`, count]));
}
