import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { courseRounds, courses, lessonCompletions } from '#db/schema/courses.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import type { questions } from '#db/schema/questions.ts';

/**
 * Whether a question may be put to a person in practice: one of the bank that serves practice, or one of a course whose
 * lesson the person has passed in the round that they are in, so that practice never gives away a check that is still to come. Never one that is for exams
 * alone, nor one that only a person could mark, nor one of a paper that the person is sitting at the moment.
 */
export function askable(
	question: typeof questions,
	{ personId, today }: { personId: SQLWrapper | string; today: SQLWrapper | string }
): SQL {
	return sql`(
		${question.state} = 'published' and ${question.archivedAt} is null
		and ${question.kind} not in ('case', 'short-answer', 'essay')
		and (${question.usableFrom} is null or ${question.usableFrom} <= ${today})
		and (${question.usableUntil} is null or ${today} < ${question.usableUntil})
		and not ${isBeingSat(question.id, personId)}
		and case when ${question.courseId} is null then ${question.use} in ('practice', 'both') else
			${question.lessonId} in (
				select done.lesson_id from ${lessonCompletions} done where done.person_id = ${personId} and not exists (
					select 1 from lessons studied join ${courseRounds} again on again.course_id = studied.course_id
					where studied.id = done.lesson_id and again.person_id = done.person_id and again.number > done.round))
			and exists (select 1 from ${courses} course where course.id = ${question.courseId} and course.archived_at is null) end)`;
}

/** SQL: whether a question stands in a paper that a person has open: nothing of it is shown before that is handed in. */
export const isBeingSat = (questionId: SQLWrapper, personId: SQLWrapper | string): SQL => sql`exists (
	select 1 from ${examAttempts} sitting join ${examAnswers} slot on slot.attempt_id = sitting.id
	where sitting.person_id = ${personId} and sitting.state = 'open' and slot.question_id = ${questionId})`;
