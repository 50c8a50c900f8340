import { listExamsAhead } from '#lib/server/exams/sitting/list-own-exams.ts';
import { readWorkingDays } from '#lib/server/notifications/read-working-days.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { countDue } from '#lib/server/practice/due.ts';
import { startOf } from '#lib/server/programmes/last-day-to-start.ts';
import { nextStep } from '#lib/server/programmes/next-step.ts';
import { listArticlesToReread, listLessonsToDo } from '#lib/server/programmes/own-lessons.ts';
import { listOwnObligations } from '#lib/server/programmes/own-obligations.ts';
import { readOwnYear } from '#lib/server/programmes/own-year.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const ctx = locals.ctx as SignedIn;
	const today = dateOf(ctx.now);
	const [obligations, exams, lessons, year, reread, review, calendar] = await Promise.all([
		listOwnObligations(ctx),
		listExamsAhead(ctx),
		listLessonsToDo(ctx),
		readOwnYear(ctx),
		listArticlesToReread(ctx),
		countDue(ctx),
		readWorkingDays(ctx)
	]);

	const owed = obligations.flatMap(({ courseId, dueOn }) => (courseId ? [{ courseId, dueOn }] : []));
	const lesson = nextStep(lessons, owed, today);
	const ofCourse = lessons.filter(({ courseId }) => courseId === lesson?.courseId);
	const duties = obligations.map((one) => ({
		...one,
		start: startOf(one.dueOn, { lessons: one.work.left, hours: one.work.hours }, today, calendar)
	}));
	return {
		today,
		exams: exams.map((exam) => ({ ...exam, lastDay: dateOf(exam.closesAt) })),
		obligations: duties,
		next: lesson && {
			...lesson,
			left: ofCourse.length,
			questionsLeft: ofCourse.reduce((sum, { questions }) => sum + questions, 0),
			start: duties.find(({ courseId }) => courseId === lesson.courseId)?.start ?? null
		},
		year,
		reread,
		review
	};
};
