import { asc, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { examSections } from '#db/schema/exam-papers.ts';
import { examAnswers } from '#db/schema/exam-sittings.ts';
import { questionVersions } from '#db/schema/questions.ts';
import type { Context } from '../../platform/context.ts';
import { prepared } from '../../platform/prepared.ts';
import type { Answer } from '../../questions/score-answer.ts';
import type { PinnedQuestion } from '../../questions/show-question.ts';
import type { AskedQuestion, StoredCase } from '../../questions/stored-question.ts';

const cases = alias(questionVersions, 'case_versions');

const listing = prepared((db) =>
	db
		.select({
			slot: examAnswers.slot,
			sectionId: examAnswers.sectionId,
			section: examSections.title,
			questionId: examAnswers.questionId,
			caseId: examAnswers.caseVersionId,
			points: examAnswers.points,
			score: examAnswers.score,
			revision: examAnswers.revision,
			flagged: examAnswers.flagged,
			savedAt: examAnswers.savedAt,
			content: questionVersions.content,
			situation: cases.content,
			parameters: examAnswers.parameters,
			optionOrder: examAnswers.optionOrder,
			response: examAnswers.response
		})
		.from(examAnswers)
		.innerJoin(examSections, eq(examSections.id, examAnswers.sectionId))
		.innerJoin(questionVersions, eq(questionVersions.id, examAnswers.questionVersionId))
		.leftJoin(cases, eq(cases.id, examAnswers.caseVersionId))
		.where(eq(examAnswers.attemptId, sql.placeholder('attemptId')))
		.orderBy(asc(examAnswers.slot))
		.prepare('list_slots')
);

/** The slots of a paper in order, each with its question as it was pinned and what was answered. */
export async function listSlots({ db }: Context, attemptId: string) {
	const rows = await listing(db).execute({ attemptId });
	return rows.map(({ content, situation, parameters, optionOrder, response, ...slot }) => {
		const pinned: PinnedQuestion = {
			position: slot.slot,
			content: content as AskedQuestion,
			situation: situation as StoredCase | null,
			parameters,
			optionOrder,
			response: response as Answer | null,
			answeredAt: slot.savedAt
		};
		return { ...slot, pinned };
	});
}

export type Slot = Awaited<ReturnType<typeof listSlots>>[number];
