import { addDays, type CalendarDate } from '../platform/dates.ts';

/** A lesson that somebody has yet to complete, in a course that they owe or have begun. */
export type OpenLesson = { id: string; courseId: string; position: number; readAt: string | null };

type Owed = { courseId: string; dueOn: CalendarDate };

const soon = 7;

/**
 * The one thing to do next: go on where one stopped, among the courses that are owed. What is due within a week goes before
 * what was read last; where nothing is owed, whatever was begun.
 * @param owed by due date
 */
export function nextStep<Lesson extends OpenLesson>(
	open: Lesson[],
	owed: Owed[],
	today: CalendarDate
): Lesson | undefined {
	const stillOpen = owed.filter(({ courseId }) => open.some((lesson) => lesson.courseId === courseId));
	const [first] = stillOpen;
	if (!first) return lastRead(open);

	const courses = new Set(stillOpen.map(({ courseId }) => courseId));
	const stopped = lastRead(open.filter(({ courseId }) => courses.has(courseId)));
	if (stopped && first.dueOn > addDays(today, soon)) return stopped;

	const lessons = open.filter(({ courseId }) => courseId === first.courseId);
	return lastRead(lessons) ?? lessons.toSorted((one, other) => one.position - other.position)[0];
}

/** ISO instants of one zone compare as text. */
const lastRead = <Lesson extends OpenLesson>(lessons: Lesson[]): Lesson | undefined =>
	lessons.filter(({ readAt }) => readAt).toSorted((one, other) => (one.readAt! < other.readAt! ? 1 : -1))[0];
