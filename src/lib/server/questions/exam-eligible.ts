import { and, isNull, or, type SQL, sql } from 'drizzle-orm';
import { questions } from '#db/schema/questions.ts';

/**
 * Whether a question may be drawn for an exam: published and meant for exams. A closed-book exam takes no question that is
 * public in a course or was ever shown with its explanation; an open-book one takes those of courses too. Reads `questions`.
 */
export function examEligible({ openBook }: { openBook: boolean }): SQL {
	const typed = sql`${questions.courseId} is null and ${questions.use} in ('exam', 'both')`;
	const usable = and(sql`${questions.state} = 'published'`, isNull(questions.archivedAt))!;
	return openBook
		? and(usable, or(typed, sql`${questions.courseId} is not null`))!
		: and(usable, typed, isNull(questions.disclosedAt))!;
}
